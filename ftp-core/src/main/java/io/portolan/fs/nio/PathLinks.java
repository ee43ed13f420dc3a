package io.portolan.fs.nio;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and makes links, none of which may lead out of the root or be seen to. */
final class PathLinks implements Links {

    private final Store store;

    PathLinks(Store store) {
        this.store = store;
    }

    @Override
    public String readLink(VirtualPath path) throws IOException {
        try (Place place = store.walker().find(path, LinkHandling.NO_FOLLOW)) {
            if (!place.attributes().isSymbolicLink()) {
                throw new NotLinkException(path.toString());
            }
            return visibleTarget(place.folder(), place.name())
                    .orElseThrow(() -> new AccessDeniedException(path.toString(), null, "the link leads out"));
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    /** A link's target as a peer may see it: absolute targets begin at the root, and what leads out by its text is not told. */
    Optional<String> visibleTarget(Folder folder, String name) throws IOException {
        Path target = folder.readLink(name);
        if (target.getRoot() != null) {
            Path below = store.root().below(target);
            return below == null || leadsOut(0, below) ? Optional.empty() : Optional.of("/" + slashed(below));
        }
        return leadsOut(depth(folder), target) ? Optional.empty() : Optional.of(slashed(target));
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private int depth(Folder folder) {
        return folder.location.getNameCount() - store.root().path().getNameCount();
    }

    /** Judged by the text alone. A walk decides again at each step, so this is about what is told, not about what can be reached. */
    private static boolean leadsOut(int depth, Path target) {
        int left = depth;
        for (Path part : target) {
            String name = part.toString();
            if (name.equals("..")) {
                left--;
            } else if (!name.isEmpty() && !name.equals(".")) {
                left++;
            }
            if (left < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void createSymbolicLink(VirtualPath path, String target) throws IOException {
        store.requireCreatable(path);
        // refuses what no path may hold
        VirtualPath meant = path.parent().resolve(target);
        for (String segment : meant.segments()) {
            store.rules().requireCreatable(segment);
        }
        try (Place place = vacant(path)) {
            Folder folder = place.folder();
            Path text = target.startsWith("/")
                    ? fromHere(folder, meant)
                    : folder.location.getFileSystem().getPath(target);
            if (leadsOut(depth(folder), text)) {
                throw new AccessDeniedException(path.toString(), null, "the link would lead out");
            }
            folder.createLink(place.name(), where -> Files.createSymbolicLink(where, text), null);
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "symbolic link", failed);
        }
    }

    /** Relative, so that it leads to the same place whatever the root is called. */
    private Path fromHere(Folder folder, VirtualPath target) {
        StringBuilder text = new StringBuilder("../".repeat(depth(folder)));
        text.append(String.join("/", target.segments()));
        return folder.location.getFileSystem().getPath(text.length() == 0 ? "." : text.toString());
    }

    @Override
    public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
        store.requireCreatable(path);
        try (Place source = store.walker().find(existing, LinkHandling.NO_FOLLOW)) {
            if (!source.attributes().isRegularFile()) {
                throw new NotAFileException(existing);
            }
            Path file = source.folder().location.resolve(source.folder().segment(source.name()));
            @Nullable Object key = source.attributes().fileKey();
            try (Place place = vacant(path)) {
                place.folder().createLink(place.name(), where -> Files.createLink(where, file), key);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "hard link", failed);
        }
    }

    private Place vacant(VirtualPath path) throws IOException {
        Place place = store.walker().find(path, LinkHandling.NO_FOLLOW);
        if (place.exists()) {
            place.close();
            throw new FileAlreadyExistsException(path.toString());
        }
        return place;
    }
}
