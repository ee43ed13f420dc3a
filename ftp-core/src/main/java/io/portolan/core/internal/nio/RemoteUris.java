package io.portolan.core.internal.nio;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses of servers and their files (RFC 3986), in which there is never a password. */
public final class RemoteUris {

    private static final String PLAIN = "-._~/!$&'()*+,=:@";
    private static final String HOST = "-._~[]:%";
    private static final int HEX = 16;

    private RemoteUris() {}

    /**
     * The address of a server.
     *
     * @param user who logs in, or null
     * @param port below 1 for none
     */
    public static URI server(String scheme, @Nullable String user, String host, int port) {
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : encode(host, HOST);
        return URI.create(scheme + "://" + (user == null ? "" : encode(user, "-._~") + "@") + name
                + (port < 1 ? "" : ":" + port));
    }

    /** The address of a file. */
    static URI of(URI server, String path) {
        return URI.create(server + encode(path, PLAIN));
    }

    private static String encode(String text, String plain) {
        StringBuilder result = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || plain.indexOf(c) >= 0) {
                result.append(c);
            } else {
                result.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c / HEX, HEX)))
                        .append(Character.toUpperCase(Character.forDigit(c % HEX, HEX)));
            }
        }
        return result.toString();
    }

    /**
     * What stands behind an address, as it is.
     *
     * @throws IllegalArgumentException if it is no UTF-8
     */
    private static String decode(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                // java.net.URI has seen to it that two digits follow
                octets.write(Character.digit(raw[i + 1], HEX) * HEX + Character.digit(raw[i + 2], HEX));
                i += 2;
            } else {
                octets.write(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("uri: its path is no UTF-8", e);
        }
    }

    /**
     * Checks an address, and takes the server's part of it.
     *
     * @throws IllegalArgumentException if it is no address of a server, or there is a password in it; the message does not tell it
     */
    static URI server(URI uri, String scheme) {
        if (uri.getScheme() == null || !uri.getScheme().toLowerCase(Locale.ROOT).equals(scheme)) {
            throw new IllegalArgumentException("uri: its scheme is not " + scheme);
        }
        String info = uri.getRawUserInfo();
        if (info != null && info.indexOf(':') >= 0) {
            throw new IllegalArgumentException("uri: there is a password in it, which belongs into the environment");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("uri: there is no host in it");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("uri: there is a query or a fragment in it");
        }
        return server(
                scheme, info == null ? null : decode(info), uri.getHost().toLowerCase(Locale.ROOT), uri.getPort());
    }

    /** Who logs in, by the address of a server. */
    public static @Nullable String user(URI server) {
        String info = server.getRawUserInfo();
        return info == null ? null : decode(info);
    }

    /** The host in the address of a server, without the brackets of an address. */
    public static String host(URI server) {
        String name = server.getHost();
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    /** The path behind an address; the root if there is none. */
    static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : decode(path);
    }
}
