package io.portolan.core.internal.nio;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path of a server: names with slashes in between, whatever the characters, which the server gets as they are. Two paths are the same if their characters are, as nobody knows which names the server takes for the same. Immutable.
 */
public final class RemotePath implements Path {

    /** Longer than any system takes. */
    static final int MAX_LENGTH = 16 * 1024;

    private static final String UP = "..";
    private static final String HERE = ".";

    private final RemoteFileSystem fileSystem;
    private final String text;
    private final boolean absolute;
    private final List<String> names;

    /** What a listing has told of it, for whoever asks at once. */
    private final @Nullable ListedInfo listed;

    private RemotePath(RemoteFileSystem fileSystem, boolean absolute, List<String> names, @Nullable ListedInfo listed) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = List.copyOf(names);
        String joined = String.join("/", names);
        this.text = absolute ? "/" + joined : joined;
        this.listed = listed;
    }

    private RemotePath with(boolean nowAbsolute, List<String> newNames) {
        return new RemotePath(fileSystem, nowAbsolute, newNames, null);
    }

    static RemotePath of(RemoteFileSystem fileSystem, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidPathException("(path)", "longer than " + MAX_LENGTH + " characters");
        }
        requireEncodable(text);
        fileSystem.checkText(text);
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        boolean absolute = text.startsWith("/");
        if (names.isEmpty() && !absolute) {
            // Java's empty path has one name, which is empty
            names.add("");
        }
        return new RemotePath(fileSystem, absolute, names, null);
    }

    private static void requireEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidPathException("(path)", "has a NUL in it", i);
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidPathException("(path)", "has half a character in it", i);
            }
        }
    }

    /** One of this directory, as a listing tells of it: its name is one segment, whatever is in it. */
    RemotePath child(String name, @Nullable ListedInfo info) {
        List<String> all = isEmpty() ? new ArrayList<>() : new ArrayList<>(names);
        all.add(name);
        return new RemotePath(fileSystem, absolute, all, info);
    }

    @Nullable
    ListedInfo listed() {
        return listed;
    }

    /** As the server is asked for it. */
    String absoluteText() {
        return toAbsolutePath().text;
    }

    private boolean isEmpty() {
        return text.isEmpty();
    }

    /** A path of the same file system as another, or of one like it. */
    static RemotePath cast(Path path) {
        if (Objects.requireNonNull(path, "path") instanceof RemotePath remote) {
            return remote;
        }
        throw new ProviderMismatchException(
                "a path of another provider: " + path.getClass().getName());
    }

    @Override
    public RemoteFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable RemotePath getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public @Nullable RemotePath getFileName() {
        return names.isEmpty() ? null : with(false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public @Nullable RemotePath getParent() {
        if (names.isEmpty() || !absolute && names.size() == 1) {
            return null;
        }
        return with(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public RemotePath getName(int index) {
        if (index < 0 || index >= names.size()) {
            throw new IllegalArgumentException("index: " + index + " of " + names.size() + " names");
        }
        return with(false, names.subList(index, index + 1));
    }

    @Override
    public RemotePath subpath(int beginIndex, int endIndex) {
        if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
            throw new IllegalArgumentException(beginIndex + " to " + endIndex + " of " + names.size() + " names");
        }
        return with(false, names.subList(beginIndex, endIndex));
    }

    private boolean isOfThis(Path other) {
        return Objects.requireNonNull(other, "other") instanceof RemotePath remote && remote.fileSystem == fileSystem;
    }

    @Override
    public boolean startsWith(Path other) {
        if (!isOfThis(other)) {
            return false;
        }
        RemotePath that = (RemotePath) other;
        return absolute == that.absolute
                && that.names.size() <= names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!isOfThis(other)) {
            return false;
        }
        RemotePath that = (RemotePath) other;
        if (that.absolute) {
            return equals(that);
        }
        int from = names.size() - that.names.size();
        return from >= 0 && names.subList(from, names.size()).equals(that.names);
    }

    @Override
    public RemotePath normalize() {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            if (name.equals(UP)) {
                if (!kept.isEmpty() && !kept.get(kept.size() - 1).equals(UP)) {
                    kept.remove(kept.size() - 1);
                } else if (!absolute) {
                    kept.add(name);
                }
            } else if (!name.equals(HERE)) {
                kept.add(name);
            }
        }
        return with(absolute, kept.isEmpty() && !absolute ? List.of("") : kept);
    }

    @Override
    public RemotePath resolve(Path other) {
        RemotePath that = cast(other);
        if (that.absolute) {
            return that;
        }
        if (that.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return with(false, that.names);
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(that.names);
        return with(absolute, all);
    }

    @Override
    public RemotePath resolve(String other) {
        return resolve(of(fileSystem, other));
    }

    @Override
    public RemotePath relativize(Path other) {
        RemotePath that = cast(other);
        if (that.absolute != absolute) {
            throw new IllegalArgumentException("other: one is absolute, and the other is not");
        }
        if (that.equals(this)) {
            return with(false, List.of(""));
        }
        List<String> from = isDotted() || that.isDotted() ? normalize().steps() : steps();
        List<String> to = isDotted() || that.isDotted() ? that.normalize().steps() : that.steps();
        int common = 0;
        while (common < from.size() && common < to.size() && from.get(common).equals(to.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>();
        for (String name : from.subList(common, from.size())) {
            if (name.equals(UP)) {
                throw new IllegalArgumentException("other: there is no way from " + this + " to " + other);
            }
            way.add(UP);
        }
        way.addAll(to.subList(common, to.size()));
        return with(false, way.isEmpty() ? List.of("") : way);
    }

    private boolean isDotted() {
        return names.contains(UP) || names.contains(HERE);
    }

    private List<String> steps() {
        return isEmpty() ? List.of() : names;
    }

    @Override
    public URI toUri() {
        return RemoteUris.of(fileSystem.address(), absoluteText());
    }

    @Override
    public RemotePath toAbsolutePath() {
        return absolute ? this : of(fileSystem, fileSystem.home()).resolve(this);
    }

    @Override
    public RemotePath toRealPath(LinkOption... options) throws IOException {
        return fileSystem.operations().realPath(this, options);
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("servers do not tell of changes");
    }

    @Override
    public int compareTo(Path other) {
        RemotePath that = (RemotePath) other;
        int order = text.compareTo(that.text);
        return order != 0 || fileSystem == that.fileSystem
                ? order
                : fileSystem.address().compareTo(that.fileSystem.address());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RemotePath that && fileSystem == that.fileSystem && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
