package io.portolan.sftp.server.internal.scp;

import io.portolan.sftp.server.internal.engine.StatusForFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that announce things: {@code C0644 1234 name}, {@code D0755 0 name}, {@code T1700000000 0 1700000000 0}. */
final class ScpText {

    private static final Pattern FILE_OR_DIRECTORY = Pattern.compile("[CD]([0-7]{4}) ([0-9]{1,19}) (.+)");
    private static final Pattern TIMES = Pattern.compile("T([0-9]{1,18}) [0-9]{1,6} ([0-9]{1,18}) [0-9]{1,6}");
    private static final int OCTAL = 8;

    private ScpText() {}

    /**
     * What comes next.
     *
     * @param permissionBits 0 to 0777; others that may be asked for are not for a peer to set
     * @param size octets, of a file
     */
    record Header(int permissionBits, long size, String name) {

        static Header parse(String line) throws ScpException {
            Matcher matcher = FILE_OR_DIRECTORY.matcher(line);
            if (!matcher.matches()) {
                throw new ScpException("protocol error: unexpected line");
            }
            try {
                return new Header(
                        Integer.parseInt(matcher.group(1), OCTAL) & 0777,
                        Long.parseLong(matcher.group(2)),
                        matcher.group(3));
            } catch (NumberFormatException e) {
                throw new ScpException("protocol error: size out of range");
            }
        }
    }

    /** When something was changed and read last, in seconds since 1970. */
    record Times(long modified, long accessed) {

        static Times parse(String line) throws ScpException {
            Matcher matcher = TIMES.matcher(line);
            if (!matcher.matches()) {
                throw new ScpException("protocol error: unexpected times");
            }
            return new Times(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
    }

    /** What a peer is told of a failure: what SFTP would say. */
    static String of(String name, Exception failure) {
        String text = failure instanceof ScpException
                ? failure.getMessage()
                : StatusForFailure.of(failure).text();
        return name + ": " + text;
    }
}
