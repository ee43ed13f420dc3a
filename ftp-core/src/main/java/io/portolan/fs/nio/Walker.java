package io.portolan.fs.nio;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path stands for, one segment at a time, each looked up in the directory that is held from the step before. The operating system never
 * follows a link for it: a link's text is read and walked by the same steps, with the directories passed so far on a stack, so that {@code ..} in a link goes back to where
 * the walk came from and never above the root.
 */
final class Walker {

    /** As many links as Linux follows on one path; a loop is found out after this many. */
    static final int MAX_LINKS = 40;

    private final Root root;
    private final NameRules rules;
    private final LinkPolicy policy;

    Walker(Root root, NameRules rules, LinkPolicy policy) {
        this.root = root;
        this.rules = rules;
        this.policy = policy;
    }

    /**
     * Walks.
     *
     * @param links whether a link at the end is followed; those in the middle are as the policy says
     * @return where it ended, to be closed by the caller; the last name may not exist, everything before it does
     * @throws NoSuchFileException if a directory on the way does not exist, or a name is one that nothing can be found under
     * @throws AccessDeniedException if a link leads out of the root, or the policy refuses links
     */
    Place find(VirtualPath path, LinkHandling links) throws IOException {
        try (Walk walk = new Walk(path)) {
            return walk.go(links == LinkHandling.FOLLOW);
        }
    }

    /** One walk: the directories that it holds, and the names before it. */
    private final class Walk implements AutoCloseable {
        private final VirtualPath path;
        private final Deque<String> ahead;
        private final List<Folder> held = new ArrayList<>();
        private int linksFollowed;

        Walk(VirtualPath path) {
            this.path = path;
            this.ahead = new ArrayDeque<>(path.segments());
        }

        Place go(boolean followLast) throws IOException {
            held.add(root.open());
            while (!ahead.isEmpty()) {
                String name = ahead.remove();
                if (name.equals("..")) {
                    goUp();
                    continue;
                }
                if (name.isEmpty() || name.equals(".")) {
                    continue;
                }
                rules.requireVisible(name);
                BasicFileAttributes attributes = top().attributesOrNull(name);
                boolean last = ahead.isEmpty();
                if (attributes != null && attributes.isSymbolicLink() && (followLast || !last)) {
                    follow(name);
                } else if (last) {
                    return arrive(name, attributes);
                } else if (attributes == null || !attributes.isDirectory()) {
                    throw new NoSuchFileException(path.toString());
                } else {
                    held.add(top().child(name, attributes));
                }
            }
            return arrive(null, null);
        }

        private Folder top() {
            return held.get(held.size() - 1);
        }

        private Place arrive(@Nullable String name, @Nullable BasicFileAttributes attributes) {
            return new Place(path, held.remove(held.size() - 1), name, attributes);
        }

        private void goUp() throws IOException {
            if (held.size() == 1) {
                throw leadsOut();
            }
            held.remove(held.size() - 1).close();
        }

        private void follow(String name) throws IOException {
            if (policy == LinkPolicy.REFUSE) {
                throw new AccessDeniedException(path.toString(), null, "links are refused");
            }
            linksFollowed++;
            if (linksFollowed > MAX_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            // only by its text: what lies behind is walked like everything else
            @Nullable Path target = top().readLink(name);
            if (target.getRoot() != null) {
                target = root.below(target);
                if (target == null) {
                    throw leadsOut();
                }
                while (held.size() > 1) {
                    goUp();
                }
            }
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                ahead.push(target.getName(i).toString());
            }
        }

        private AccessDeniedException leadsOut() {
            return new AccessDeniedException(path.toString(), null, "a link leads out of the root");
        }

        @Override
        public void close() throws IOException {
            for (Folder folder : held) {
                folder.close();
            }
        }
    }
}
