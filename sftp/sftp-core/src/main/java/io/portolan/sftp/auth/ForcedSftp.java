package io.portolan.sftp.auth;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * What a forced command makes of an SFTP session. There is no shell, and nothing is run: the one command that is understood is {@code internal-sftp}, with those of its options that can be
 * kept to.
 *
 * @param allowed whether there may be a session at all
 * @param readOnly {@code -R}
 * @param directory {@code -d}
 */
record ForcedSftp(boolean allowed, boolean readOnly, Optional<String> directory) {

    static final ForcedSftp UNFORCED = new ForcedSftp(true, false, Optional.empty());

    private static final ForcedSftp REFUSED = new ForcedSftp(false, true, Optional.empty());

    static ForcedSftp of(String command) {
        Queue<String> words = new ArrayDeque<>(List.of(command.strip().split("[ \t]+")));
        if (!"internal-sftp".equals(words.poll())) {
            return REFUSED;
        }
        boolean readOnly = false;
        Optional<String> directory = Optional.empty();
        for (String word = words.poll(); word != null; word = words.poll()) {
            switch (word) {
                case "-R" -> readOnly = true;
                case "-d" -> {
                    directory = Optional.ofNullable(words.poll());
                    if (directory.isEmpty()
                            || !directory.get().startsWith("/")
                            || directory.get().contains("%")) {
                        return REFUSED;
                    }
                }
                // where and how much OpenSSH logs
                case "-e" -> {}
                case "-f", "-l" -> {
                    if (words.poll() == null) {
                        return REFUSED;
                    }
                }
                default -> {
                    return REFUSED;
                }
            }
        }
        return new ForcedSftp(true, readOnly, directory);
    }
}
