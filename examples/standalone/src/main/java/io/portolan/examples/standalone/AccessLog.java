package io.portolan.examples.standalone;

import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** A line for each login and each transfer, at its end. */
final class AccessLog implements SessionListener, AutoCloseable {

    /** How the lines look. */
    interface Format {

        /** A login that was accepted. */
        String login(Instant time, SessionInfo session, String user);

        /** A login that was refused; {@code user} is whatever the peer sent. */
        String failedLogin(Instant time, SessionInfo session, String user, String reason);

        /** A transfer, whole or not. */
        String transfer(Instant end, SessionInfo session, TransferInfo transfer, boolean complete);
    }

    private final Format format;
    private final LineFile file;

    private AccessLog(Format format, LineFile file) {
        this.format = format;
        this.file = file;
    }

    /** Opens a log, to be written on at its end; its name says which format it has. */
    static AccessLog open(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        Format format = name.endsWith(".json") || name.endsWith(".jsonl") ? new JsonLines() : new Xferlog();
        return new AccessLog(format, LineFile.open(path));
    }

    @Override
    public void loggedIn(SessionInfo session) {
        file.write(format.login(Instant.now(), session, userOf(session)));
    }

    @Override
    public void loginFailed(SessionInfo session, String user, String reason) {
        file.write(format.failedLogin(Instant.now(), session, user, reason));
    }

    @Override
    public void transferCompleted(SessionInfo session, TransferInfo transfer) {
        file.write(format.transfer(Instant.now(), session, transfer, true));
    }

    @Override
    public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
        file.write(format.transfer(Instant.now(), session, transfer, false));
    }

    @Override
    public void close() {
        file.close();
    }

    /** The user of a session, or {@code -}. */
    static String userOf(SessionInfo session) {
        return session.user().map(identity -> identity.name()).orElse("-");
    }
}
