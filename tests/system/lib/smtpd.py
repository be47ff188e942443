"""A real mail server on loopback for tests, over aiosmtpd, driven by lines of JSON on its standard input.

  {"start": {"port": 0, "tls": "none" | "starttls" | "smtps", "cert": …, "key": …, "user": …, "password": …}}
  {"manner": "good" | "refuse" | "greylist" | "reject_data" | "drop"}     what it does with the next letters
  {"stop": true}

Each line that it prints is an event: {"listening": PORT}, {"stopped": true}, {"letter": {from, to, headers, subject, text,
tls, user, raw}}, {"refused": ADDRESS}."""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(event):
    print(json.dumps(event), flush=True)


class Handler:
    def __init__(self):
        self.manner = "good"
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.manner == "refuse":
            say({"refused": address})
            return "550 5.1.1 no such user here"
        if self.manner == "greylist" and address not in self.seen:
            self.seen.add(address)
            say({"refused": address})
            return "451 4.7.1 come back later"
        if self.manner == "drop":
            say({"refused": address})
            server.transport.abort()
            return "421 going down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.manner == "reject_data":
            return "554 5.6.0 not that"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        raw = envelope.original_content if hasattr(envelope, "original_content") else envelope.content
        say({"letter": {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": letter["subject"],
            "headers": [[name, str(value)] for name, value in letter.items()], "text": letter.get_content().replace("\r\n", "\n"),
            "tls": session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "raw": raw.decode("latin-1")}})
        return "250 OK"


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, handled=False, auth_data=data if good else None)
    return check


class Controller:
    def __init__(self):
        self.handler = Handler()
        self.server = None

    def context(self, given):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(given["cert"], given["key"])
        return context

    async def start(self, given):
        tls = given.get("tls", "none")
        options = {"hostname": "localhost", "enable_SMTPUTF8": False, "timeout": 30}
        if tls == "starttls":
            options.update(tls_context=self.context(given), require_starttls=True)
        if given.get("user"):
            options.update(authenticator=authenticator(given["user"], given["password"]), auth_required=True,
                           auth_require_tls=tls == "starttls")
        self.sessions = []

        def session():
            self.sessions.append(SMTP(self.handler, **options))
            return self.sessions[-1]

        self.server = await asyncio.get_running_loop().create_server(
            session, "127.0.0.1", given.get("port", 0),
            ssl=self.context(given) if tls == "smtps" else None)
        say({"listening": self.server.sockets[0].getsockname()[1]})

    async def stop(self):
        if self.server:
            self.server.close()
            for session in self.sessions:
                if session.transport:
                    session.transport.abort()
            await self.server.wait_closed()
        self.server = None
        say({"stopped": True})


async def main():
    controller = Controller()
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        order = json.loads(line)
        if "start" in order:
            await controller.start(order["start"])
        elif "manner" in order:
            controller.handler.manner = order["manner"]
            say({"manner": order["manner"]})
        elif "stop" in order:
            await controller.stop()


asyncio.run(main())
