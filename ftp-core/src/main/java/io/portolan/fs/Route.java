package io.portolan.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/**
 * Where a path of one file system leads in another.
 *
 * @param target the other file system
 * @param path the path there
 * @param outerRoot the path here that {@code innerRoot} is there
 * @param innerRoot the path there above which nothing is seen here
 */
record Route(VirtualFileSystem target, VirtualPath path, VirtualPath outerRoot, VirtualPath innerRoot) {

    /** The capability that the path needs. */
    <C> C capability(Class<C> type, VirtualPath asked) throws OperationNotSupportedException {
        return target.capability(type)
                .orElseThrow(() -> new OperationNotSupportedException(type.getSimpleName(), asked));
    }

    /** Whether another path leads into the same file system by the same way. */
    boolean sharesTargetWith(Route other) {
        return outerRoot.equals(other.outerRoot);
    }

    /** A link's target as it is to be read here. */
    String linkTargetHere(VirtualPath link, String text) throws IOException {
        if (!text.startsWith("/")) {
            requireInside(
                    link, path.parent().segments().size() - innerRoot.segments().size(), text);
            return text;
        }
        VirtualPath absolute = VirtualPath.of(text);
        if (!absolute.startsWith(innerRoot)) {
            throw new AccessDeniedException(link.toString(), null, "the link leads out");
        }
        return outerRoot.join(absolute.below(innerRoot)).toString();
    }

    /** A link's target, as it was written here, as it must be written there. */
    String linkTargetThere(VirtualPath link, String text) throws IOException {
        if (!text.startsWith("/")) {
            requireInside(
                    link, path.parent().segments().size() - innerRoot.segments().size(), text);
            return text;
        }
        VirtualPath absolute = VirtualPath.of(text);
        if (!absolute.startsWith(outerRoot)) {
            throw new AccessDeniedException(link.toString(), null, "the link would lead out");
        }
        return innerRoot.join(absolute.below(outerRoot)).toString();
    }

    private static void requireInside(VirtualPath link, int depth, String text) throws AccessDeniedException {
        int left = depth;
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                left--;
            } else if (!name.isEmpty() && !name.equals(".")) {
                left++;
            }
            if (left < 0) {
                throw new AccessDeniedException(link.toString(), null, "the link leads out");
            }
        }
    }
}
