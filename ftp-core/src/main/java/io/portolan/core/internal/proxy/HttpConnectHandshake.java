package io.portolan.core.internal.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** CONNECT (RFC 9110, section 9.3.6). The answer is read octet by octet up to its empty line, as only that tells its length. */
final class HttpConnectHandshake extends ProxyHandshake {

    /** Octets of an answer: proxies send some hundred. */
    private static final int MAX_ANSWER = 8 * 1024;

    private final String request;
    private final StringBuilder answer = new StringBuilder();

    HttpConnectHandshake(Proxy proxy, String host, int port) {
        super(proxy);
        String target = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                + proxy.login().map(HttpConnectHandshake::authorization).orElse("") + "\r\n";
    }

    private static String authorization(Proxy.Login login) {
        String pair = login.user() + ":" + login.password();
        return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    @Override
    void begin() {
        say(request.getBytes(StandardCharsets.US_ASCII));
        await(1);
    }

    @Override
    void answered(byte[] octets) {
        answer.append((char) (octets[0] & 0xff));
        if (answer.length() > MAX_ANSWER) {
            fail("answers with more than " + MAX_ANSWER + " octets");
        } else if (answer.indexOf("\r\n\r\n", answer.length() - 4) < 0) {
            await(1);
        } else if (answer.toString().matches("(?s)HTTP/1\\.[01] 2\\d\\d[ \r].*")) {
            succeed();
        } else {
            fail("does not connect to the server: " + answer.substring(0, answer.indexOf("\r")));
        }
    }
}
