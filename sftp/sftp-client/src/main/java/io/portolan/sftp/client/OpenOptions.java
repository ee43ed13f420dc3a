package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.protocol.OpenMode;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/** What Java calls the ways to open a file, in the words of the protocol. */
final class OpenOptions {

    private OpenOptions() {}

    static Set<OpenMode> modes(StandardOpenOption... options) {
        Set<OpenMode> modes = EnumSet.noneOf(OpenMode.class);
        boolean create = false;
        for (StandardOpenOption option : options) {
            switch (option) {
                case READ -> modes.add(OpenMode.READ);
                case WRITE -> modes.add(OpenMode.WRITE);
                case APPEND -> {
                    modes.add(OpenMode.WRITE);
                    modes.add(OpenMode.APPEND);
                }
                case CREATE -> create = true;
                case CREATE_NEW -> modes.add(OpenMode.CREATE_NEW);
                case TRUNCATE_EXISTING -> modes.add(OpenMode.TRUNCATE);
                case DELETE_ON_CLOSE, SPARSE, SYNC, DSYNC ->
                    throw new UnsupportedOperationException("options: there is no " + option + " here");
            }
        }
        if (modes.isEmpty()) {
            modes.add(OpenMode.READ);
        }
        if (!modes.contains(OpenMode.WRITE)) {
            // as everywhere in Java, where it means nothing to who reads
            modes.removeAll(EnumSet.of(OpenMode.CREATE_NEW, OpenMode.TRUNCATE));
            if (modes.isEmpty()) {
                modes.add(OpenMode.READ);
            }
        } else if (create && !modes.contains(OpenMode.CREATE_NEW)) {
            modes.add(OpenMode.CREATE);
        }
        return modes;
    }
}
