package io.portolan.ssh.internal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * How long rejections take, so that their time tells nothing: at least some time, which differs from user to user but not from one attempt to the next; what takes longer takes
 * twice, four times, eight times that.
 */
final class FailureTime {

    /** Beyond that a rejection waits for nothing more: whatever took so long is not a question of whether an account exists. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    /** The jitter's part of the least time, as OpenSSH has it: 4.2 ms of 5. */
    private static final double JITTER = 0.84;

    private final byte[] secret = new byte[16];
    private final Duration least;

    FailureTime(Duration least) {
        this.least = least;
        new SecureRandom().nextBytes(secret);
    }

    /** How long to wait after some time has gone already. */
    Duration remaining(String user, Duration elapsed) {
        Duration end = least.plusNanos((long) (least.toNanos() * JITTER * fraction(user)));
        while (end.compareTo(elapsed) < 0) {
            if (end.compareTo(LONGEST) > 0) {
                return Duration.ZERO;
            }
            end = end.multipliedBy(2);
        }
        return end.minus(elapsed);
    }

    private double fraction(String user) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            byte[] octets = digest.digest(user.getBytes(StandardCharsets.UTF_8));
            return ((octets[0] & 0xff) << 8 | octets[1] & 0xff) / 65536.0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
