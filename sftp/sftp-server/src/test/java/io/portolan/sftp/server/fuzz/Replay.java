package io.portolan.sftp.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.sftp.server.testing.RawClient;
import io.portolan.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says a session to a server again, as a client would that waits for each answer, but not for ever, as there may be none. */
final class Replay {

    /** Most answers come sooner. */
    private static final long LOGIN_MILLIS = 500;

    private static final long ANSWER_MILLIS = 50;

    /** After so many that have not come no further ones are waited for: the session is spoilt. */
    private static final int MAX_MISSING = 3;

    private static final int KEXINIT = 20;
    private static final int USERAUTH_REQUEST = 50;
    private static final int USERAUTH_FAILURE = 51;
    private static final int USERAUTH_SUCCESS = 52;
    private static final int CHANNEL_DATA = 94;
    private static final int CHANNEL_CLOSE = 97;
    private static final byte[] PING = {(byte) 192, 0, 0, 0, 3, 'f', 'u', 'z'};
    private static final int PONG = 193;

    private final RawClient client;
    private final List<byte[]> messages;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean loggedIn;
    private boolean hungUp;
    private boolean channelClosed;
    private int missing;

    Replay(RawClient client, List<byte[]> messages) {
        this.client = client;
        this.messages = messages;
    }

    /** Says all of it. */
    void say() throws InterruptedException {
        for (byte[] message : messages) {
            client.forge(message);
            int number = message.length == 0 ? 0 : message[0] & 0xff;
            if (number == USERAUTH_REQUEST && !loggedIn) {
                hear(LOGIN_MILLIS, USERAUTH_FAILURE, USERAUTH_SUCCESS);
            } else if (number == CHANNEL_DATA && loggedIn) {
                hear(ANSWER_MILLIS, CHANNEL_DATA, CHANNEL_CLOSE);
            }
        }
    }

    private void hear(long millis, int one, int other) throws InterruptedException {
        if (hungUp || missing >= MAX_MISSING) {
            return;
        }
        int number;
        do {
            byte @Nullable [] next = client.messages().poll(millis, TimeUnit.MILLISECONDS);
            if (next == null) {
                missing++;
                return;
            }
            number = take(next);
        } while (number != one && number != other && !hungUp);
    }

    private int take(byte[] message) {
        if (message.length == 0) {
            hungUp = true;
            return 0;
        }
        int number = message[0] & 0xff;
        loggedIn |= number == USERAUTH_SUCCESS;
        channelClosed |= number == CHANNEL_CLOSE;
        if (number == CHANNEL_DATA) {
            data.write(message, 9, message.length - 9);
        }
        return number;
    }

    /** Whether the server is there at the end; it must be, or have hung up. */
    boolean isServerThere() throws InterruptedException {
        if (messages.stream().anyMatch(message -> message.length > 0 && message[0] == KEXINIT)) {
            // it waits for the rest of the key exchange, for the time that this may take
            return true;
        }
        client.forge(PING);
        int number = 0;
        while (number != PONG && !hungUp) {
            number = next();
        }
        return !hungUp;
    }

    /** What comes in the channel until the server closes it. */
    byte[] allData() throws InterruptedException {
        while (!channelClosed) {
            next();
            assertThat(hungUp).isFalse();
        }
        return data.toByteArray();
    }

    private int next() throws InterruptedException {
        byte @Nullable [] next = client.messages().poll(Patience.MILLIS, TimeUnit.MILLISECONDS);
        assertThat(next).as("the server neither goes on nor hangs up").isNotNull();
        return take(next);
    }
}
