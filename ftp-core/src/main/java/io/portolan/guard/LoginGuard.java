package io.portolan.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Makes the guessing of passwords slow. Asked before each login and told of its outcome; one guard may serve several endpoints, so that who is locked out of one
 * is locked out of all. Implementations must be safe to use from any thread, and must not block: they are asked on event loops.
 */
public interface LoginGuard {

    /**
     * Whether a peer may try to log in: asked when it connects, and before each attempt.
     *
     * @param source where it comes from
     * @return whether to go on; if not, the connection is closed
     */
    boolean allowed(InetAddress source);

    /**
     * Whether the check of a login may begin now, so that guesses made side by side do not all get past a guard that hears of the first only when the last is under way.
     * By default all may whose source is {@linkplain #allowed allowed}.
     *
     * @param source where it comes from
     * @return whether it may; then {@link #endCheck} is called, after {@link #failed} if that is. If not, the caller asks again a little later, unless the source is
     *     not allowed any more
     */
    default boolean beginCheck(InetAddress source) {
        return allowed(source);
    }

    /**
     * A check is over, whatever came of it.
     *
     * @param source where it came from
     */
    default void endCheck(InetAddress source) {}

    /**
     * A login was refused.
     *
     * @param source where it came from
     * @param user the name that was tried
     * @return how long to wait before the peer is told; the caller schedules that, no thread waits
     */
    Duration failed(InetAddress source, String user);

    /**
     * A login was accepted.
     *
     * @param source where it came from
     * @param user the name
     */
    void succeeded(InetAddress source, String user);

    /**
     * Forgets what a source has done.
     *
     * @param source any address of the network
     * @return whether it was locked out
     */
    boolean unban(InetAddress source);

    /**
     * Who is locked out now.
     *
     * @return a snapshot
     */
    List<Ban> bans();

    /**
     * A guard with the default settings of {@link StandardLoginGuard}.
     *
     * @return a new guard
     */
    static LoginGuard standard() {
        return StandardLoginGuard.builder().build();
    }

    /**
     * A guard that lets everybody try as often as they like.
     *
     * @return the guard, for closed networks and tests
     */
    static LoginGuard none() {
        return NoLoginGuard.INSTANCE;
    }

    /**
     * A network that is locked out.
     *
     * @param network its first address
     * @param prefixLength how many bits of the address count: 32 for an IPv4 address, 64 for an IPv6 network
     * @param until when it may try again
     * @param times how often it has been locked out, this time included
     */
    record Ban(InetAddress network, int prefixLength, Instant until, int times) {
        /** Checks the components. */
        public Ban {
            Objects.requireNonNull(network, "network");
            Objects.requireNonNull(until, "until");
        }
    }
}
