package io.portolan.sftp.server.internal.session;

import io.portolan.fs.VirtualPath;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;

/**
 * A forced command that is {@code internal-sftp}, as {@code authorized_keys} and certificates have it (sftp-server(8)).
 *
 * @param readOnly {@code -R}: nothing is changed
 * @param home {@code -d}: where relative paths begin
 */
record ForcedCommand(boolean readOnly, VirtualPath home) {

    /** The command's meaning, or empty if it is one that we do not have: then nothing may run. */
    static Optional<ForcedCommand> parse(String command) {
        List<String> words = List.of(command.strip().split("\\s+", -1));
        if (!words.get(0).equals("internal-sftp")) {
            return Optional.empty();
        }
        boolean readOnly = false;
        VirtualPath home = VirtualPath.root();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-R")) {
                readOnly = true;
            } else if (word.equals("-d") && i + 1 < words.size()) {
                i++;
                try {
                    home = VirtualPath.of(words.get(i));
                } catch (InvalidPathException e) {
                    return Optional.empty();
                }
            } else {
                // a restriction that we do not know is one that we would not keep
                return Optional.empty();
            }
        }
        return Optional.of(new ForcedCommand(readOnly, home));
    }
}
