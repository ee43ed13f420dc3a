package io.portolan.fs;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An absolute, normalised path inside a {@link VirtualFileSystem}, such as {@code /reports/2026/march.csv}.
 *
 * <p>This is the only place where text from a peer becomes a path. A {@code VirtualPath} never holds an empty segment, {@code .} or
 * {@code ..}, never a control character (U+0000–U+001F, U+007F–U+009F), a line or paragraph separator (U+2028, U+2029) or an unpaired surrogate, and never leads above
 * the root: {@code ..} at the root stays at the root, as RFC 959's CDUP and POSIX have it. {@code /} is the only separator; a backslash is an
 * ordinary character, which a file system on Windows has to refuse by itself.
 *
 * <p>Instances are immutable and may be shared between threads.
 */
public final class VirtualPath implements Comparable<VirtualPath> {

    /** The most characters that a path may have: twice Linux's {@code PATH_MAX}, since a mount may add to what the peer sees. */
    public static final int MAX_LENGTH = 8192;

    private static final VirtualPath ROOT = new VirtualPath("/", List.of());

    private final String text;
    private final List<String> segments;

    private VirtualPath(String text, List<String> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * The root, {@code /}.
     *
     * @return the root
     */
    public static VirtualPath root() {
        return ROOT;
    }

    /**
     * Reads an absolute path; a path that does not begin with {@code /} is taken from the root.
     *
     * @param path the path's text
     * @return the normalised path
     * @throws InvalidPathException if the text holds a character that no name may have, or is longer than {@link #MAX_LENGTH}
     */
    public static VirtualPath of(String path) {
        return ROOT.resolve(path);
    }

    /**
     * Resolves a path as a peer typed it, with this path as the working directory.
     *
     * @param path absolute (begins with {@code /}) or relative; empty stands for this path
     * @return the normalised path
     * @throws InvalidPathException if the text holds a character that no name may have, or the result is longer than {@link #MAX_LENGTH}
     */
    public VirtualPath resolve(String path) {
        Objects.requireNonNull(path, "path");
        if (path.isEmpty()) {
            return this;
        }
        if (path.length() > MAX_LENGTH) {
            throw new InvalidPathException("(path)", "longer than " + MAX_LENGTH + " characters");
        }
        requireSafeCharacters(path);
        List<String> result = path.charAt(0) == '/' ? new ArrayList<>() : new ArrayList<>(segments);
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            append(result, path.substring(start, end));
            start = end + 1;
        }
        return of(result);
    }

    /**
     * This path with one more segment, taken literally.
     *
     * @param name a file's name: not empty, not {@code .} or {@code ..}, without {@code /}
     * @return the child's path
     * @throws InvalidPathException if the name is not one path segment
     */
    public VirtualPath child(String name) {
        if (!isValidName(name)) {
            throw new InvalidPathException("(name)", "not the name of one file");
        }
        List<String> result = new ArrayList<>(segments.size() + 1);
        result.addAll(segments);
        result.add(name);
        return of(result);
    }

    /**
     * Whether a text can be the name of one file: one segment, not {@code .} or {@code ..}, without the characters that no path may hold.
     * Names that a store holds and for which this is false are left out of listings, since no peer could be told of them safely.
     *
     * @param name the text
     * @return whether {@link #child(String)} takes it
     */
    public static boolean isValidName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && unsafeCharacter(name) < 0;
    }

    private static void append(List<String> segments, String segment) {
        if (segment.isEmpty() || segment.equals(".")) {
            return;
        }
        if (segment.equals("..")) {
            if (!segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
            return;
        }
        segments.add(segment);
    }

    private static VirtualPath of(List<String> segments) {
        if (segments.isEmpty()) {
            return ROOT;
        }
        String text = "/" + String.join("/", segments);
        if (text.length() > MAX_LENGTH) {
            throw new InvalidPathException("(path)", "longer than " + MAX_LENGTH + " characters");
        }
        return new VirtualPath(text, Collections.unmodifiableList(segments));
    }

    private static void requireSafeCharacters(String text) {
        int at = unsafeCharacter(text);
        if (at >= 0) {
            throw new InvalidPathException(
                    "(path)", String.format("character U+%04X cannot be in a name", (int) text.charAt(at)), at);
        }
    }

    private static int unsafeCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == '\u2028' || c == '\u2029') {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /**
     * Whether this is the root.
     *
     * @return whether this path has no segment
     */
    public boolean isRoot() {
        return segments.isEmpty();
    }

    /**
     * The last segment.
     *
     * @return the name, or the empty string for the root
     */
    public String name() {
        return segments.isEmpty() ? "" : segments.get(segments.size() - 1);
    }

    /**
     * The path without its last segment.
     *
     * @return the parent; the root's is the root
     */
    public VirtualPath parent() {
        return segments.size() <= 1 ? ROOT : of(segments.subList(0, segments.size() - 1));
    }

    /**
     * The names from the root to here.
     *
     * @return the segments, unmodifiable; empty for the root
     */
    public List<String> segments() {
        return segments;
    }

    /**
     * Whether another path is this one or above it.
     *
     * @param ancestor the path that may be above
     * @return whether this path lies at or below it
     */
    public boolean startsWith(VirtualPath ancestor) {
        if (ancestor.segments.isEmpty()) {
            return true;
        }
        // by the text, which is compared at once however deep the path is
        int length = ancestor.text.length();
        return text.startsWith(ancestor.text) && (text.length() == length || text.charAt(length) == '/');
    }

    /**
     * What remains of this path below one above it, as a path of its own: {@code /a/b/c} below {@code /a} is {@code /b/c}.
     *
     * @param ancestor a path for which {@link #startsWith} holds
     * @return the remainder, absolute
     * @throws IllegalArgumentException if this path does not lie at or below it
     */
    public VirtualPath below(VirtualPath ancestor) {
        if (!startsWith(ancestor)) {
            throw new IllegalArgumentException(this + " does not lie below " + ancestor);
        }
        return of(segments.subList(ancestor.segments.size(), segments.size()));
    }

    /**
     * This path with the other's segments behind it: {@code /a} joined with {@code /b/c} is {@code /a/b/c}.
     *
     * @param tail the path to add
     * @return the joined path
     * @throws InvalidPathException if it becomes longer than {@link #MAX_LENGTH}
     */
    public VirtualPath join(VirtualPath tail) {
        if (segments.isEmpty()) {
            return tail;
        }
        List<String> result = new ArrayList<>(segments.size() + tail.segments.size());
        result.addAll(segments);
        result.addAll(tail.segments);
        return of(result);
    }

    @Override
    public int compareTo(VirtualPath other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VirtualPath path && text.equals(path.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The path's text: {@code /}, or {@code /} before each segment. */
    @Override
    public String toString() {
        return text;
    }
}
