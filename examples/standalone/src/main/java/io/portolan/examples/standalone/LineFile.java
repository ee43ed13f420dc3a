package io.portolan.examples.standalone;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of lines, written at its end and flushed line by line. For several threads. */
final class LineFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

    private final Path path;
    private final Writer writer;

    private LineFile(Path path, Writer writer) {
        this.path = path;
        this.writer = writer;
    }

    static LineFile open(Path path) throws IOException {
        return new LineFile(
                path,
                Files.newBufferedWriter(
                        path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** A line that cannot be written is told of, and stops no transfer. */
    synchronized void write(String line) {
        try {
            writer.write(line);
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            LOG.warn("{}: a line could not be written: {}", path, e.toString());
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", path, e.toString());
        }
    }
}
