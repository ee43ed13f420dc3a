# What FtplibTest runs: one function of this file, named by the first argument, in the client's folder.
import ftplib
import io
import socket
import sys


def connect(host, port, user, password):
    ftp = ftplib.FTP(timeout=60, encoding="utf-8")
    ftp.connect(host, int(port))
    ftp.login(user, password)
    return ftp


def read(ftp, name, rest=None):
    parts = io.BytesIO()
    ftp.retrbinary("RETR " + name, parts.write, rest=rest)
    return parts.getvalue()


def move_both_ways(ftp):
    with open("up", "rb") as up:
        ftp.storbinary("STOR file", up)
    with open("down", "wb") as down:
        ftp.retrbinary("RETR file", down.write)


def move_actively(ftp):
    ftp.set_pasv(False)
    move_both_ways(ftp)


def names(ftp):
    for name in open("names", encoding="utf-8").read().splitlines():
        ftp.storbinary("STOR " + name, io.BytesIO(name.encode()))
        assert read(ftp, name) == name.encode(), name
    assert sorted(ftp.nlst()) == sorted(open("names", encoding="utf-8").read().splitlines()), ftp.nlst()


def listings(ftp):
    lines = []
    ftp.dir("dir", lines.append)
    assert len(lines) == 1 and lines[0].endswith(" a file") and lines[0].startswith("-"), lines
    facts = dict(ftp.mlsd("dir", facts=["type", "size"]))
    assert facts["a file"]["type"] == "file" and facts["a file"]["size"] == "5", facts
    ftp.cwd("dir")
    assert ftp.pwd() == "/dir", ftp.pwd()
    assert ftp.nlst() == ["a file"], ftp.nlst()


def resume(ftp):
    whole = open("up", "rb").read()
    assert read(ftp, "whole", rest=1000) == whole[1000:]
    ftp.storbinary("STOR half", io.BytesIO(whole[1000:]), rest=1000)


def append(ftp):
    ftp.storbinary("APPE file", io.BytesIO(b"more"))


def lines(ftp):
    got = []
    ftp.retrlines("RETR text", got.append)
    assert got == ["one", "two"], got
    ftp.storlines("STOR other", io.BytesIO(b"three\nfour\n"))


def change(ftp):
    assert ftp.mkd('say "hi"') == '/say "hi"'
    ftp.storbinary("STOR old", io.BytesIO(b"x"))
    ftp.rename("old", 'say "hi"/new')
    assert ftp.size('say "hi"/new') == 1
    ftp.mkd("empty")
    ftp.rmd("empty")
    ftp.storbinary("STOR gone", io.BytesIO(b""))
    ftp.delete("gone")


def abort(ftp):
    data = ftp.transfercmd("RETR big")
    assert data.recv(1) != b""
    answer = ftp.abort()
    data.close()
    if answer.startswith("426"):
        ftp.voidresp()
    assert ftp.voidcmd("NOOP").startswith("200")
    assert read(ftp, "small") == b"small"


def unique(ftp):
    answer = ftp.storbinary("STOU", io.BytesIO(b"unique"))
    assert answer.startswith("226"), answer


def refusals(ftp):
    for command in ("RETR nothing", "STOR nowhere/file"):
        try:
            ftp.transfercmd(command)
            raise AssertionError(command)
        except ftplib.error_perm as refused:
            assert str(refused).startswith("55"), refused
    assert ftp.voidcmd("NOOP").startswith("200")


if __name__ == "__main__":
    session = connect(*sys.argv[2:6])
    globals()[sys.argv[1]](session)
    session.quit()
