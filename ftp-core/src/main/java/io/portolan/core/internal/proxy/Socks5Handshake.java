package io.portolan.core.internal.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** SOCKS 5 (RFC 1928), with user and password (RFC 1929). The server's name goes to the proxy, which resolves it. */
final class Socks5Handshake extends ProxyHandshake {

    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int PORT_LENGTH = 2;
    private static final int MAX_TEXT = 255;

    private enum Step {
        METHOD,
        LOGIN,
        REPLY,
        NAME_LENGTH,
        REST
    }

    private final String host;
    private final int port;
    private final Optional<Proxy.Login> login;
    private Step step = Step.METHOD;

    Socks5Handshake(Proxy proxy, String host, int port) {
        super(proxy);
        this.host = host;
        this.port = port;
        this.login = proxy.login();
    }

    @Override
    void begin() {
        say(
                login.isPresent()
                        ? new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD}
                        : new byte[] {VERSION, 1, NO_AUTHENTICATION});
        await(2);
    }

    @Override
    void answered(byte[] octets) {
        switch (step) {
            case METHOD -> method(octets);
            case LOGIN -> loggedIn(octets);
            case REPLY -> replied(octets);
            case NAME_LENGTH -> {
                step = Step.REST;
                await((octets[0] & 0xff) + PORT_LENGTH);
            }
            case REST -> succeed();
        }
    }

    private void method(byte[] octets) {
        if (octets[0] != VERSION) {
            fail("does not speak SOCKS 5");
        } else if (octets[1] == NO_AUTHENTICATION) {
            connect();
        } else if (octets[1] == USER_AND_PASSWORD && login.isPresent()) {
            step = Step.LOGIN;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(1);
            if (text(out, login.get().user()) && text(out, login.get().password())) {
                say(out.toByteArray());
                await(2);
            } else {
                fail("takes no user or password of more than " + MAX_TEXT + " octets");
            }
        } else {
            fail("wants another authentication than it was offered");
        }
    }

    private static boolean text(ByteArrayOutputStream out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.write(octets.length);
        out.writeBytes(octets);
        return octets.length <= MAX_TEXT;
    }

    private void loggedIn(byte[] octets) {
        if (octets[1] == 0) {
            connect();
        } else {
            fail("does not accept user and password");
        }
    }

    private void connect() {
        step = Step.REPLY;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {VERSION, 1, 0, NAME});
        if (!text(out, host)) {
            fail("takes no name of more than " + MAX_TEXT + " octets");
            return;
        }
        out.writeBytes(new byte[] {(byte) (port >> 8), (byte) port});
        say(out.toByteArray());
        await(4);
    }

    private void replied(byte[] octets) {
        if (octets[0] != VERSION || octets[1] != 0) {
            fail("does not connect to the server: code " + (octets[1] & 0xff));
            return;
        }
        step = Step.REST;
        switch (octets[3]) {
            case IPV4 -> await(4 + PORT_LENGTH);
            case IPV6 -> await(16 + PORT_LENGTH);
            case NAME -> {
                step = Step.NAME_LENGTH;
                await(1);
            }
            default -> fail("answers with an address of an unknown type");
        }
    }
}
