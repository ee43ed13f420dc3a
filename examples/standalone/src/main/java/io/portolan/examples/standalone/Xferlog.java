package io.portolan.examples.standalone;

import io.portolan.session.SessionInfo;
import io.portolan.session.TransferInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The log format that FTP servers have shared since wu-ftpd, see {@code xferlog(5)}, for which there are readers. As of ProFTPD's, the service of transfers that are encrypted is {@code ftps}. It has no lines
 * for logins; those look as vsftpd's, which fail2ban knows, with the encryption behind a comma.
 */
final class Xferlog implements AccessLog.Format {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

    private static final long PROCESS = ProcessHandle.current().pid();

    private final ZoneId zone;

    Xferlog() {
        this(ZoneId.systemDefault());
    }

    Xferlog(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String login(Instant time, SessionInfo session, String user) {
        return loginLine(time, session, user, "OK");
    }

    @Override
    public String failedLogin(Instant time, SessionInfo session, String user, String reason) {
        return loginLine(time, session, user, "FAIL");
    }

    private String loginLine(Instant time, SessionInfo session, String user, String outcome) {
        return time(time) + " [pid " + PROCESS + "] [" + word(user) + "] " + outcome + " LOGIN: Client \""
                + host(session) + "\""
                + session.encryption()
                        .map(by -> ", " + by.protocol() + " " + by.cipher())
                        .orElse("");
    }

    @Override
    public String transfer(Instant end, SessionInfo session, TransferInfo transfer, boolean complete) {
        String user = AccessLog.userOf(session);
        return String.join(
                " ",
                time(end),
                // Whole seconds, of which there is at least one.
                Long.toString(Math.max(1, transfer.elapsed().toSeconds())),
                host(session),
                Long.toString(transfer.bytes()),
                word(transfer.path().toString()),
                "b",
                "_",
                transfer.direction() == TransferInfo.Direction.UPLOAD ? "i" : "o",
                user.equals("anonymous") ? "a" : "r",
                word(user),
                transfer.encrypted() ? "ftps" : "ftp",
                "0",
                "*",
                complete ? "c" : "i");
    }

    private String time(Instant time) {
        return TIME.format(time.atZone(zone));
    }

    private static String host(SessionInfo session) {
        return session.remoteAddress().getAddress().getHostAddress();
    }

    /** Blanks separate the fields, and brackets and quotes stand around names: a name that holds one must not look like another line. */
    static String word(String text) {
        StringBuilder word = new StringBuilder(text.length());
        text.codePoints().map(c -> isSafe(c) ? c : '_').forEach(word::appendCodePoint);
        return word.isEmpty() ? "-" : word.toString();
    }

    private static boolean isSafe(int c) {
        return !Character.isISOControl(c)
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && c != '['
                && c != ']'
                && c != '"'
                && Character.getType(c) != Character.SURROGATE;
    }
}
