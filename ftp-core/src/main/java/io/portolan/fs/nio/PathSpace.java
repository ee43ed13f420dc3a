package io.portolan.fs.nio;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/** Asks the volume that a path lies on for its room. */
final class PathSpace implements SpaceInfo {

    private final Store store;

    PathSpace(Store store) {
        this.store = store;
    }

    @Override
    public Space space(VirtualPath path) throws IOException {
        try (Place place = store.walker().find(path, LinkHandling.FOLLOW)) {
            place.attributes();
            FileStore volume = Files.getFileStore(place.folder().location);
            return new Space(volume.getTotalSpace(), volume.getUnallocatedSpace(), volume.getUsableSpace());
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "space", failed);
        }
    }
}
