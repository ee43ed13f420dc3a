# What FtplibTest runs, in the client's folder: ftps_client.py HOW VERSION HOST PORT USER PASSWORD, where HOW names a function of this file.
import ftplib
import io
import ssl
import sys


class Client(ftplib.FTP_TLS):
    """FTP_TLS as it is, but for implicit TLS, and for data connections that take over the control connection's session."""

    implicit = False
    resumes = True

    def connect_implicitly(self, host, port):
        self.host, self.port = host, port
        plain = ftplib.socket.create_connection((host, port), self.timeout)
        self.af = plain.family
        self.sock = self.context.wrap_socket(plain, server_hostname=host)
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()

    def ntransfercmd(self, cmd, rest=None):
        conn, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            session = self.sock.session if self.resumes else None
            conn = self.context.wrap_socket(conn, server_hostname=self.host, session=session)
        return conn, size


def connect(how, version, host, port, user, password, resumes=True):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_3 if version == "1.3" else ssl.TLSVersion.TLSv1_2
    ftp = Client(timeout=60, encoding="utf-8", context=context)
    ftp.resumes = resumes
    if how == "implicit":
        ftp.connect_implicitly(host, int(port))
    else:
        ftp.connect(host, int(port))
        ftp.auth()
    assert ftp.sock.version() == "TLSv" + version, ftp.sock.version()
    ftp.login(user, password)
    ftp.prot_p()
    return ftp


def read(ftp, name):
    parts = io.BytesIO()
    ftp.retrbinary("RETR " + name, parts.write)
    return parts.getvalue()


def move(ftp):
    up = open("up", "rb").read()
    for passive in True, False:
        ftp.set_pasv(passive)
        for _ in range(2):
            ftp.storbinary("STOR file", io.BytesIO(up))
            assert read(ftp, "file") == up
            ftp.storbinary("STOR empty", io.BytesIO(b""))
            assert read(ftp, "empty") == b""
            # others may have put more there meanwhile
            assert {"empty", "file"} <= set(ftp.nlst())
    ftp.quit()


def move_refused(ftp):
    # the listing's connection is cut before or behind the 522, as the client comes to it
    try:
        ftp.storbinary("STOR file", io.BytesIO(b"not resumed"))
    except ftplib.error_perm as e:
        assert str(e).startswith("522 "), e
    except OSError:
        reply = None
        while reply is None or reply.startswith("1"):
            try:
                reply = ftp.getmultiline()
            except ftplib.Error as e:
                reply = str(e)
        assert reply.startswith("522 "), reply
    else:
        raise AssertionError("it was let in")
    ftp.quit()


how, version, host, port, user, password, resumes = sys.argv[1:]
client = connect(how, version, host, port, user, password, resumes == "resumes")
if resumes == "refused":
    move_refused(client)
else:
    move(client)
