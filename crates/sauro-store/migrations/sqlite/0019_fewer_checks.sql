-- SQLite keeps its keys: there they cost next to nothing, and dropping one copies the table.
SELECT 1;
