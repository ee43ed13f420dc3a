package io.portolan.core.internal.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.nio.RemoteFiles.Ability;
import io.portolan.core.internal.nio.RemoteFiles.Refusal;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies and moves at servers that refuse. */
final class CopyingTest {

    /** Files by their path, and what is refused. */
    private static final class Server extends NoFiles {
        final Map<String, String> content = new HashMap<>(Map.of("/a", "new", "/b", "old"));
        final Set<Ability> abilities = EnumSet.noneOf(Ability.class);

        @Nullable
        Refusal onto;

        boolean moves = true;

        @Override
        public Set<Ability> abilities() {
            return abilities;
        }

        @Override
        public Optional<FileInfo> stat(String path, LinkHandling links) {
            return Optional.ofNullable(content.get(path)).map(text -> FileInfo.file(text.length(), Instant.EPOCH));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            if (content.containsKey(to) && onto != null) {
                throw new Refused(onto);
            }
            if (from.equals("/a") && !moves) {
                throw new Refused(Refusal.DENIED);
            }
            content.put(to, content.remove(from));
        }

        @Override
        public void delete(String path) {
            content.remove(path);
        }

        @Override
        public void copy(String from, String to) throws IOException {
            content.put(to, "somebody else's");
            throw new Refused(Refusal.EXISTS);
        }
    }

    private final Server server = new Server();
    private final FileSystem files = server.fileSystem();

    @Test
    void aMoveThatIsRefusedLeavesBothFiles() {
        for (Refusal refusal : new Refusal[] {Refusal.DENIED, Refusal.EXISTS}) {
            server.onto = refusal;
            server.moves = false;
            assertThatThrownBy(() ->
                            Files.move(files.getPath("/a"), files.getPath("/b"), StandardCopyOption.REPLACE_EXISTING))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(server.content).isEqualTo(Map.of("/a", "new", "/b", "old"));
        }
    }

    @Test
    void aServerThatRenamesOntoNothingIsHelped() throws Exception {
        server.onto = Refusal.EXISTS;
        Files.move(files.getPath("/a"), files.getPath("/b"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(server.content).isEqualTo(Map.of("/b", "new"));
    }

    @Test
    void whatSomebodyMakesMeanwhileIsNotReplacedByACopyThatMayNotReplace() {
        server.abilities.add(Ability.COPY);
        server.content.remove("/b");
        assertThatThrownBy(() -> Files.copy(files.getPath("/a"), files.getPath("/b")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(server.content).containsEntry("/b", "somebody else's");
    }
}
