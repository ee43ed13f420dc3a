package io.portolan.sftp.server.internal.scp;

import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.session.SessionListener;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Services;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A copy without a channel: the test says what the client sends, in parts of any size, and reads what it gets. */
final class CopyDriver {

    private static final int ROOM = 2 * ScpCopy.MAX_ANSWER;

    final ScpCopy copy;
    private final int part;

    CopyDriver(String command, VirtualFileSystem files) {
        this(command, files, List.of(), Integer.MAX_VALUE);
    }

    /**
     * Makes one.
     *
     * @param part how many octets arrive at a time
     */
    CopyDriver(String command, VirtualFileSystem files, List<SessionListener> listeners, int part) {
        SessionEvents events =
                Services.of(files, Runnable::run, SftpLimits.DEFAULT, listeners).events();
        ScpFiles all = new ScpFiles(files, VirtualPath.of("/home"), events);
        ScpCommand parsed = ScpCommand.parse(command).orElseThrow();
        this.copy = parsed.upload() ? new ScpSink(parsed, all) : new ScpSource(parsed, all);
        this.part = part;
    }

    /** The client sends this; returns what it gets, each octet as a character. */
    String send(String text) throws Exception {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    String send(byte[] octets) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int position = 0;
        do {
            int count = Math.min(part, octets.length - position);
            ByteBuffer in = ByteBuffer.wrap(octets, position, count).slice();
            position += count;
            boolean more;
            do {
                ByteBuffer out = ByteBuffer.allocate(ROOM);
                more = !copy.isEnded() && copy.step(in, out);
                all.write(out.array(), 0, out.position());
            } while (more || in.hasRemaining() && !copy.isEnded());
        } while (position < octets.length && !copy.isEnded());
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The client sends nothing more; returns what it gets. */
    String end() {
        ByteBuffer out = ByteBuffer.allocate(ROOM);
        if (!copy.isEnded()) {
            copy.inputEnded(out);
        }
        copy.close();
        return new String(out.array(), 0, out.position(), StandardCharsets.ISO_8859_1);
    }
}
