package io.portolan.examples.standalone;

import io.portolan.session.SessionInfo;
import io.portolan.session.TransferInfo;
import java.time.Instant;
import java.util.Locale;

/**
 * One JSON object in each line (RFC 8259). {@code encrypted} is of the control connection with logins and of the data connection with transfers; {@code tls} and {@code cipher}, if they are there, are of the control connection.
 */
final class JsonLines implements AccessLog.Format {

    @Override
    public String login(Instant time, SessionInfo session, String user) {
        return begin("login", time, session, user)
                .add("encrypted", session.isEncrypted())
                .end();
    }

    @Override
    public String failedLogin(Instant time, SessionInfo session, String user, String reason) {
        return begin("login-failed", time, session, user)
                .add("encrypted", session.isEncrypted())
                .add("reason", reason)
                .end();
    }

    @Override
    public String transfer(Instant end, SessionInfo session, TransferInfo transfer, boolean complete) {
        String event = transfer.direction() == TransferInfo.Direction.UPLOAD ? "upload" : "download";
        return begin(event, end, session, AccessLog.userOf(session))
                .add("path", transfer.path().toString())
                .add("offset", transfer.offset())
                .add("bytes", transfer.bytes())
                .add("millis", transfer.elapsed().toMillis())
                .add("encrypted", transfer.encrypted())
                .add("complete", complete)
                .end();
    }

    private static JsonObject begin(String event, Instant time, SessionInfo session, String user) {
        JsonObject line = new JsonObject()
                .add("time", time.toString())
                .add("event", event)
                .add("protocol", session.protocol().name().toLowerCase(Locale.ROOT))
                .add("session", session.id())
                .add("client", session.remoteAddress().getAddress().getHostAddress())
                .add("user", user);
        session.encryption().ifPresent(by -> line.add("tls", by.protocol()).add("cipher", by.cipher()));
        return line;
    }
}
