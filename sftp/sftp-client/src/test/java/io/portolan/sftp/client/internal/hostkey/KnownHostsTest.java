package io.portolan.sftp.client.internal.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of known hosts. */
final class KnownHostsTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SshPublicKey KEY = newKey();
    private static final SshPublicKey OTHER = newKey();

    @TempDir
    private Path folder;

    private static SshPublicKey newKey() {
        return SshKeyPair.generateEd25519(RANDOM).publicKey();
    }

    private static String line(String hosts, SshPublicKey key) {
        return hosts + " " + KnownHostsFile.keyText(key) + "\n";
    }

    private static Verdict judge(String text, String host, int port) {
        return KnownHosts.of(text).of(new HostName(host, port)).judge(KEY.blob());
    }

    @Test
    void aHostIsKnownByItsNameInWhateverCase() {
        assertThat(judge(line("example.org", KEY), "Example.ORG", 22)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(line("other.org,Example.org", KEY), "example.org", 22)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(line("example.org", KEY), "example.com", 22)).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge("", "example.org", 22)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anotherKeyThanIsKnownIsAChange() {
        assertThat(judge(line("example.org", OTHER), "example.org", 22)).isEqualTo(Verdict.CHANGED);
        assertThat(judge(line("example.org", OTHER) + line("example.org", KEY), "example.org", 22))
                .isEqualTo(Verdict.TRUSTED);
    }

    @Test
    void aHostThatIsKnownByAKeyOfATypeThatNobodyTakesIsNotNew() {
        String dss = "example.org ssh-dss AAAAB3NzaC1kc3MAAAAA\n";
        assertThat(judge(dss, "example.org", 22)).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void thePortIsPartOfTheName() {
        String text = line("[example.org]:2222", KEY);
        assertThat(judge(text, "example.org", 2222)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(text, "example.org", 22)).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge(text, "example.org", 2223)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void atAnotherPortTheKeyOfTheStandardPortWillDoButAnotherProvesNothing() {
        assertThat(judge(line("example.org", KEY), "example.org", 2222)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(line("example.org", OTHER), "example.org", 2222)).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge(line("example.org", KEY) + line("[example.org]:2222", OTHER), "example.org", 2222))
                .isEqualTo(Verdict.CHANGED);
    }

    @Test
    void patternsLetInAndKeepOut() {
        String text = line("*.example.org,!evil.example.org,10.0.?.1", KEY);
        assertThat(judge(text, "a.example.org", 22)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(text, "evil.example.org", 22)).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge(text, "10.0.7.1", 22)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(text, "10.0.77.1", 22)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void digestedNamesAreThoseOfSshKeygen() throws Exception {
        Path file = Files.writeString(
                folder.resolve("known_hosts"), line("example.org", KEY) + line("[example.org]:2222", OTHER));
        new SshKeys(folder).run(List.of("-q", "-H", "-f", file.toString()));
        String text = Files.readString(file);
        assertThat(text).startsWith("|1|").doesNotContain("example");
        assertThat(judge(text, "example.org", 22)).isEqualTo(Verdict.TRUSTED);
        assertThat(judge(text, "example.org", 2222)).isEqualTo(Verdict.CHANGED);
        assertThat(judge(text, "example.com", 22)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aRevokedKeyIsNotTrustedWhateverElseIsSaid() {
        assertThat(judge(line("example.org", KEY) + line("@revoked *", KEY), "example.org", 22))
                .isEqualTo(Verdict.REVOKED);
        assertThat(judge(line("example.org", KEY) + line("@revoked example.org", KEY), "example.org", 2222))
                .isEqualTo(Verdict.REVOKED);
        assertThat(judge(line("example.org", KEY) + line("@revoked other.org", KEY), "example.org", 22))
                .isEqualTo(Verdict.TRUSTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "example.org ssh-ed25519",
                "example.org ssh-ed25519 !!!!",
                "example.org ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAA",
                "|1|x|y ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
                "|2|AAAA|AAAA ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
                "@unknown example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
                "@revoked",
                "\u0000\u0001"
            })
    void aLineThatMakesNoSenseLetsNobodyInAndTheOthersCount(String nonsense) {
        assertThat(judge(nonsense + "\n" + line("example.org", OTHER), "example.org", 22))
                .isEqualTo(Verdict.CHANGED);
        assertThat(judge(nonsense + "\n# comment\n\n" + line("example.org", KEY), "example.org", 22))
                .isEqualTo(Verdict.TRUSTED);
    }

    @Test
    void aLineThatIsTooLongIsNotRead() {
        String hosts = "a,".repeat(KnownHostsLine.MAX_CHARACTERS) + "example.org";
        assertThat(judge(line(hosts, KEY), "example.org", 22)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aFileThatCannotBeReadLetsNobodyIn() throws Exception {
        Path large = folder.resolve("large");
        try (FileChannel channel = FileChannel.open(large, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), KnownHosts.MAX_FILE_OCTETS);
        }
        assertThatThrownBy(() -> KnownHosts.read(List.of(large))).isInstanceOf(IOException.class);
        assertThat(KnownHosts.read(List.of(folder.resolve("missing"), Path.of("/dev/null")))
                        .of(new HostName("example.org", 22))
                        .isKnown())
                .isFalse();
    }

    @Test
    void whatIsKnownIsProposedFirstAndCertificatesOnlyWithACa() {
        List<String> proposed = SshAlgorithms.modern().hostKeys();
        SshPublicKey rsa = SshKeyPair.generateRsa(2048, RANDOM).publicKey();
        KnownHost byRsa = KnownHosts.of(line("example.org", rsa)).of(new HostName("example.org", 22));
        assertThat(byRsa.order(proposed))
                .startsWith("rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519")
                .noneMatch(name -> name.contains("-cert-"));
        KnownHost byCa = KnownHosts.of(line("@cert-authority *.org", KEY)).of(new HostName("example.org", 22));
        assertThat(byCa.order(proposed))
                .startsWith("ssh-ed25519-cert-v01@openssh.com")
                .hasSameSizeAs(proposed);
        KnownHost unknown = KnownHosts.of("").of(new HostName("example.org", 22));
        assertThat(unknown.order(proposed)).startsWith("ssh-ed25519").hasSize(proposed.size() / 2);
    }

    // writing

    @Test
    void whatIsLearntIsDigestedAndForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("new").resolve("known_hosts");
        new KnownHostsFile(file, true).add(new HostName("example.org", 2222), List.of(KEY));
        new KnownHostsFile(file, true).add(new HostName("example.org", 2222), List.of(KEY));
        assertThat(Files.readAllLines(file)).singleElement().asString().startsWith("|1|");
        assertThat(judge(Files.readString(file), "example.org", 2222)).isEqualTo(Verdict.TRUSTED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatOthersHaveWrittenStaysAlsoWithoutItsLastLineBreak() throws Exception {
        Path file = Files.writeString(
                folder.resolve("known_hosts"),
                "# mine\n" + line("other.org", OTHER).strip());
        new KnownHostsFile(file, false).add(new HostName("example.org", 22), List.of(KEY));
        assertThat(Files.readString(file)).isEqualTo("# mine\n" + line("other.org", OTHER) + line("example.org", KEY));
    }

    @Test
    void manyWritersAtATimeLoseNothingAndWriteNothingTwice() throws Exception {
        int writers = 8;
        int hosts = 10;
        Path file = folder.resolve("known_hosts");
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                all.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int host = 0; host < hosts; host++) {
                                    new KnownHostsFile(file, false)
                                            .add(new HostName("host" + host, 22), List.of(KEY, OTHER));
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } finally {
            threads.shutdown();
        }
        List<String> expected = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            expected.add(line("host" + host, KEY).strip());
            expected.add(line("host" + host, OTHER).strip());
        }
        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whoeverIsInterruptedWaitsForNoLock() throws Exception {
        Path file = Files.writeString(folder.resolve("known_hosts"), "");
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> new KnownHostsFile(file, false).add(new HostName("host", 22), List.of(KEY)))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void whatOthersAddWithoutALockAtTheSameTimeIsNotLost() throws Exception {
        int lines = 2_000;
        int hosts = 150;
        Path file = Files.writeString(folder.resolve("known_hosts"), "");
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < lines; i++) {
                    Files.writeString(file, "# line " + i + "\n", StandardOpenOption.APPEND);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            new KnownHostsFile(file, false).add(new HostName("host" + i, 22), List.of(KEY));
            expected.add(line("host" + i, KEY).strip());
        }
        other.get();
        for (int i = 0; i < lines; i++) {
            expected.add("# line " + i);
        }
        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(expected);
    }
}
