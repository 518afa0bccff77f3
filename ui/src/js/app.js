// Everything here only makes a working page quicker. Each page works without it.
import "./htmx.js";
import { watchDrafts } from "./autosave.js";
import { watchBlocks } from "./blocks.js";
import { watchCopies } from "./copy.js";
import { watchCovers } from "./covers.js";
import { watchDialogs } from "./dialogs.js";
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { watchLines } from "./lines.js";
import { watchLive } from "./live.js";
import { watchLook } from "./look.js";
import { watchMoves } from "./moves.js";
import { watchPairs } from "./pairs.js";

watchBlocks();
watchCopies();
watchCovers();
watchDialogs();
watchForms();
watchKeys();
watchLines();
watchLive();
watchLook();
watchMoves();
watchPairs();
watchDrafts();
