package io.portolan.ftps.internal;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.portolan.core.internal.codec.ControlCharacters;
import io.portolan.core.internal.security.ProtectionException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in plain words why TLS with a server has failed, and what to do about it. */
final class HandshakeFailures {

    /** How Netty's message begins, behind which what has come stands in hexadecimal. */
    private static final String NOT_TLS = "not an SSL/TLS record: ";

    /** Octets that a server has said in the clear; the first line is what tells most. */
    private static final int LONGEST_SAID = 200;

    private final String host;
    private final int port;
    private final Duration handshakeTimeout;
    private final boolean hasKeys;

    /**
     * For the connections of one session.
     *
     * @param hasKeys whether the client has a certificate to show
     */
    HandshakeFailures(String host, int port, Duration handshakeTimeout, boolean hasKeys) {
        this.host = host;
        this.port = port;
        this.handshakeTimeout = handshakeTimeout;
        this.hasKeys = hasKeys;
    }

    /** The control connection could not be protected. */
    ProtectionException ofHandshake(Throwable cause) {
        return told("TLS with " + host + ":" + port, cause);
    }

    /** A data connection could not be protected. */
    ProtectionException ofDataHandshake(Throwable cause) {
        return told("TLS on the data connection with " + host, cause);
    }

    /** A protected control connection has failed. */
    ProtectionException ofConnection(Throwable cause) {
        String alert = alert(cause);
        String reason = alert == null ? inTheClear(cause) : alert;
        return new ProtectionException("TLS with " + host + ":" + port + " has failed: " + reason, cause);
    }

    /** Some servers whose processes fail say why in the clear, in the middle of TLS. */
    private static String inTheClear(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (!(cause instanceof NotSslRecordException) || !message.startsWith(NOT_TLS)) {
            return message + ".";
        }
        String octets = message.substring(NOT_TLS.length());
        String said = new String(
                HexFormat.of().parseHex(octets.substring(0, Math.min(octets.length(), 2 * LONGEST_SAID))),
                StandardCharsets.US_ASCII);
        return "it has said in the clear: " + ControlCharacters.replace(said.strip());
    }

    private ProtectionException told(String what, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UntrustedServerException untrusted) {
                return new ProtectionException(String.valueOf(untrusted.getMessage()), cause);
            }
        }
        return new ProtectionException(what + " could not be negotiated: " + reason(cause), cause);
    }

    private String reason(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "what it answered is not TLS. If it is an FTP port that begins in the clear, connect with explicit TLS; if it is another service's, it is the wrong port.";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "it took longer than " + handshakeTimeout.toMillis()
                    + " ms. A server that begins in the clear waits for commands: connect to it with explicit TLS.";
        }
        if (cause instanceof ClosedChannelException) {
            return "it closed the connection. Its log may tell why.";
        }
        String alert = alert(cause);
        return alert == null ? cause.getMessage() + "." : alert;
    }

    /** What the server's alert means (RFC 8446 §6.2), by the names that both engines give to it; or null if it has sent none. */
    private @Nullable String alert(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (!message.contains("alert")) {
            return null;
        }
        if (message.contains("protocol_version")) {
            return "it has no version of TLS that is safe (1.2 or 1.3).";
        }
        if (message.contains("handshake_failure")) {
            return "it wants a client certificate (clientKeys), or has no cipher suite in common with the preset (TlsPreset.COMPATIBLE has more).";
        }
        if (message.contains("certificate") || message.contains("unknown_ca")) {
            return hasKeys
                    ? "it does not trust the client's certificate (" + cause.getMessage() + ")."
                    : "it wants a client certificate (clientKeys).";
        }
        if (message.contains("unrecognized_name")) {
            return "it does not know the name " + host + ".";
        }
        return "it says so (" + cause.getMessage() + ")"
                + (hasKeys ? "; it may be that it does not trust the client's certificate." : ".");
    }
}
