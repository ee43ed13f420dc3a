package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostKeyFileTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("host_key");
    }

    private SshPublicKey key() throws IOException {
        return HostKeyFile.loadOrGenerate(file(), TestKeys.RANDOM).publicKey();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void aKeyIsMadeOnceAndOnlyItsOwnerMayReadIt() throws Exception {
        SshPublicKey made = key();
        assertThat(made.type()).isEqualTo("ssh-ed25519");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("host_key");
        assertThat(key()).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw-----w-", "rw----r--", "rw--w----"})
    void aKeyThatOthersMayReadOrWriteIsRefused(String permissions) throws Exception {
        key();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
        assertThatIOException().isThrownBy(this::key).withMessageContaining("others may read or write");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));
        assertThat(key().type()).isEqualTo("ssh-ed25519");
    }

    @Test
    void whatIsNoKeyIsRefusedAndStays() throws Exception {
        Files.writeString(file(), "not a key");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertThatExceptionOfType(KeyFileException.class).isThrownBy(this::key);
        Files.writeString(file(), "x".repeat(OpenSshKeyFile.MAX_FILE_OCTETS + 1));
        assertThatExceptionOfType(KeyFileException.class).isThrownBy(this::key).withMessageContaining("large");
        assertThat(Files.size(file())).isEqualTo(OpenSshKeyFile.MAX_FILE_OCTETS + 1);
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheReason() throws Exception {
        Files.writeString(file(), TestKeys.file("ed25519-ctr"));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(this::key)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(KeyFileException.Problem.PASSPHRASE_NEEDED));
    }

    @Test
    void withoutTheFolderThereIsNoKey() {
        Path nowhere = folder.resolve("missing").resolve("host_key");
        assertThatIOException().isThrownBy(() -> HostKeyFile.loadOrGenerate(nowhere, TestKeys.RANDOM));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> HostKeyFile.load(file()));
    }

    @Test
    void serversThatStartAtTheSameTimeGetTheSameKey() throws Exception {
        int servers = 8;
        CyclicBarrier together = new CyclicBarrier(servers);
        Callable<SshPublicKey> server = () -> {
            together.await();
            return key();
        };
        ExecutorService threads = Executors.newFixedThreadPool(servers);
        try {
            List<Callable<SshPublicKey>> calls = new ArrayList<>();
            for (int i = 0; i < servers; i++) {
                calls.add(server);
            }
            Set<SshPublicKey> keys = new HashSet<>();
            for (Future<SshPublicKey> result : threads.invokeAll(calls)) {
                keys.add(result.get());
            }
            assertThat(keys).hasSize(1);
            assertThat(names()).containsExactly("host_key");
        } finally {
            threads.shutdown();
        }
    }
}
