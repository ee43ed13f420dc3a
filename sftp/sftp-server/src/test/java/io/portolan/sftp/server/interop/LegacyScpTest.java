package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSH's scp with its old protocol. */
class LegacyScpTest extends SftpPeerTest {

    private Peer.Outcome scp(String... arguments) throws Exception {
        return find("scp").with(askPass(PASSWORD)).run(arguments(arguments));
    }

    private String[] arguments(String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-O",
                "-F",
                "none",
                "-oUserKnownHostsFile=" + knownHosts(),
                "-oGlobalKnownHostsFile=/dev/null",
                "-oStrictHostKeyChecking=yes",
                "-oNumberOfPasswordPrompts=1",
                "-oIdentitiesOnly=yes",
                "-oIdentityAgent=none",
                "-oLogLevel=ERROR",
                "-oPort=" + port()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String remote(String path) {
        return USER + "@127.0.0.1:" + path;
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesFilesBothWays(Storage storage) throws Exception {
        serve(storage, settings -> settings.legacyScp(true));
        byte[] up = localFile("up", BIG);
        scp("up", remote("/big")).succeeded();
        assertThat(server.read("/big")).isEqualTo(up);
        scp(remote("/big"), "down").succeeded();
        assertThat(localBytes("down")).isEqualTo(up);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesFoldersWithTimesAndPermissions(Storage storage) throws Exception {
        serve(storage, settings -> settings.legacyScp(true));
        Path sub = Files.createDirectories(local.resolve("tree/sub"));
        for (int i = 0; i < 100; i++) {
            Files.writeString(sub.resolve("f" + i), "content " + i);
        }
        Path special = Files.writeString(local.resolve("tree/with space"), "x");
        Files.setPosixFilePermissions(special, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(special, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
        scp("-r", "-p", "tree", remote("")).succeeded();
        assertThat(server.text("/tree/sub/f99")).isEqualTo("content 99");
        scp("-r", "-p", remote("tree"), "back").succeeded();
        Path back = local.resolve("back/with space");
        assertThat(Files.readString(back)).isEqualTo("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back)))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(back).toInstant()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(Files.readString(local.resolve("back/sub/f42"))).isEqualTo("content 42");
    }

    @Test
    void aQuotedPathIsTakenLiterally() throws Exception {
        serve(Storage.MEMORY, settings -> settings.legacyScp(true));
        localFile("up", 1);
        scp("up", remote("'/with space; $(id)'")).succeeded();
        assertThat(server.read("/with space; $(id)")).hasSize(1);
        scp(remote("/with\\ space\\;\\ \\$\\(id\\)"), "down").succeeded();
        assertThat(localBytes("down")).hasSize(1);
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        serve(Storage.MEMORY, settings -> settings.legacyScp(true));
        Peer.Outcome outcome = scp(remote("/nothing"), "down");
        outcome.failed();
        assertThat(outcome.output()).contains("No such file");
    }

    @Test
    void aShellsWorkIsRefused() throws Exception {
        serve(Storage.MEMORY, settings -> settings.legacyScp(true));
        server.write("/a", "x");
        scp(remote("/*"), "down").failed();
        scp(remote("/a; id"), "down").failed();
    }

    @Test
    void itIsOffUnlessItWasSwitchedOn() throws Exception {
        serve(Storage.MEMORY);
        server.write("/a", "x");
        scp(remote("/a"), "down").failed();
    }

    @Test
    void aClientThatIsKilledLeavesNoFile() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        SessionListener listener = new SessionListener() {
            @Override
            public void transferStarted(SessionInfo session, TransferInfo transfer) {
                started.countDown();
            }

            @Override
            public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
                aborted.countDown();
            }
        };
        serve(Storage.MEMORY, settings -> settings.legacyScp(true).listener(listener));
        server.write("/big", "old");
        localFile("up", BIG);
        // A megabit a second, so that it is killed long before its end.
        try (Peer.Running scp =
                find("scp").with(askPass(PASSWORD)).start(arguments("-l", "1000", "up", remote("/big")))) {
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            scp.process().descendants().forEach(ProcessHandle::destroyForcibly);
            scp.process().destroyForcibly();
            assertThat(aborted.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.text("/big")).isEqualTo("old");
    }
}
