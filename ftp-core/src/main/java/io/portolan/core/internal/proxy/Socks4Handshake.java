package io.portolan.core.internal.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** SOCKS 4a: version, command, port, an address that is none, the user, the host; the answer has eight octets, of which the second matters. */
final class Socks4Handshake extends ProxyHandshake {

    private static final int GRANTED = 0x5a;

    private final byte[] request;

    Socks4Handshake(Proxy proxy, String host, int port) {
        super(proxy);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {4, 1, (byte) (port >> 8), (byte) port, 0, 0, 0, 1});
        out.writeBytes(proxy.login().map(Proxy.Login::user).orElse("").getBytes(StandardCharsets.UTF_8));
        out.write(0);
        out.writeBytes(host.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        request = out.toByteArray();
    }

    @Override
    void begin() {
        say(request);
        await(8);
    }

    @Override
    void answered(byte[] octets) {
        if (octets[0] == 0 && octets[1] == GRANTED) {
            succeed();
        } else {
            fail("does not connect to the server: code " + (octets[1] & 0xff));
        }
    }
}
