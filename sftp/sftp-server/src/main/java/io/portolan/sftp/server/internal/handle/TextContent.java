package io.portolan.sftp.server.internal.handle;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file in text mode (draft-ietf-secsh-filexfer-13 section 8.1.1.3): read and written in sequence, whatever place is named. Lines end as they do in the store, which is
 * what the extension "newline" tells.
 */
final class TextContent implements FileContent {

    private static final int BUFFER = 64 * 1024;

    private final FileContent content;
    private long readPosition;
    private long writePosition;

    TextContent(FileContent content) {
        this.content = content;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        int count = content.read(target, readPosition);
        if (count > 0) {
            readPosition += count;
        }
        return count;
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        int octets = source.remaining();
        content.write(source, writePosition);
        writePosition += octets;
    }

    /**
     * Goes on with a line, the first being 0.
     *
     * @param going asked now and then whether anybody still waits
     * @return whether there is such a line
     */
    boolean seek(long line, GoingOn going) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = 0;
        long left = line;
        while (left > 0) {
            going.check();
            buffer.clear();
            if (content.read(buffer, at) <= 0) {
                return false;
            }
            buffer.flip();
            while (left > 0 && buffer.hasRemaining()) {
                at++;
                if (buffer.get() == '\n') {
                    left--;
                }
            }
        }
        readPosition = at;
        writePosition = at;
        return true;
    }

    @Override
    public long size() throws IOException {
        return content.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        content.truncate(size);
    }

    @Override
    public void force() throws IOException {
        content.force();
    }

    @Override
    public void commit() throws IOException {
        content.commit();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
