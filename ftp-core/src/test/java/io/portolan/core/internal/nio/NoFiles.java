package io.portolan.core.internal.nio;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo.Space;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A server with nothing on it, that can do nothing. */
class NoFiles implements RemoteFiles {

    /** A failure that stands for what a client's means. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final Refusal refusal;

        Refused(Refusal refusal) {
            super("refused: " + refusal);
            this.refusal = refusal;
        }
    }

    final RemoteFileSystem fileSystem() {
        return new RemoteFileSystemProvider("test", Set.of("basic", "posix", "owner"), (server, values) -> this)
                .over(URI.create("test://alice@host"), this);
    }

    private static Refused unsupported() {
        return new Refused(Refusal.UNSUPPORTED);
    }

    @Override
    public Refusal refusal(IOException failure) {
        return failure instanceof Refused refused ? refused.refusal : Refusal.FAILURE;
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    @Override
    public String home() {
        return "/home";
    }

    @Override
    public Optional<FileInfo> stat(String path, LinkHandling links) throws IOException {
        return Optional.empty();
    }

    @Override
    public Entries list(String path) throws IOException {
        throw unsupported();
    }

    @Override
    public InputStream read(String path) throws IOException {
        throw unsupported();
    }

    @Override
    public OutputStream write(String path, OpenRequest request) throws IOException {
        throw unsupported();
    }

    @Override
    public SeekableByteChannel open(String path, OpenRequest request) throws IOException {
        throw unsupported();
    }

    @Override
    public void createDirectory(String path, OptionalInt permissionBits) throws IOException {
        throw unsupported();
    }

    @Override
    public void delete(String path) throws IOException {
        throw unsupported();
    }

    @Override
    public void deleteDirectory(String path) throws IOException {
        throw unsupported();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        throw unsupported();
    }

    @Override
    public void replace(String from, String to) throws IOException {
        throw unsupported();
    }

    @Override
    public void copy(String from, String to) throws IOException {
        throw unsupported();
    }

    @Override
    public void change(String path, AttributeChange change, LinkHandling links) throws IOException {
        throw unsupported();
    }

    @Override
    public void createLink(String link, String target) throws IOException {
        throw unsupported();
    }

    @Override
    public void createHardLink(String link, String existing) throws IOException {
        throw unsupported();
    }

    @Override
    public String readLink(String path) throws IOException {
        throw unsupported();
    }

    @Override
    public String realPath(String path) throws IOException {
        return path;
    }

    @Override
    public Space space(String path) throws IOException {
        throw unsupported();
    }

    @Override
    public void check(String path) {
        if (path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("path: a line break");
        }
    }

    @Override
    public void close() {
        // there is nothing to close
    }
}
