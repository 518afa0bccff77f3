"""A mail server for tests: python3 scripts/mailbox.py PORT FOLDER

It keeps each mail it takes as a file in FOLDER, in the order of arrival. It refuses the reader whose address
stands as a line in FOLDER/refused, and takes nothing for now while FOLDER/busy is there.
"""

import pathlib
import signal
import sys
import threading

from aiosmtpd.controller import Controller

port, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])


class Keeper:
    async def handle_RCPT(self, server, session, envelope, address, options):
        refused = folder / "refused"
        if refused.exists() and address in refused.read_text().split():
            return "550 5.1.1 no such reader here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if (folder / "busy").exists():
            return "451 4.3.0 try again later"
        n = len(list(folder.glob("*.eml"))) + 1
        head = f"X-Reader: {','.join(envelope.rcpt_tos)}\r\n".encode()
        part = folder / f"{n:04}.part"
        part.write_bytes(head + envelope.content)
        part.rename(folder / f"{n:04}.eml")
        return "250 2.0.0 kept"


controller = Controller(Keeper(), hostname="127.0.0.1", port=port)
controller.start()
print("ready", flush=True)
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
stop.wait()
controller.stop()
