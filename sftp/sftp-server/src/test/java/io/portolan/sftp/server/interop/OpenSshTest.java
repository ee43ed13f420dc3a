package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.Authenticators;
import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSH's sftp, scp and ssh. */
class OpenSshTest extends SftpPeerTest {

    private List<String> options(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "-F",
                "none",
                "-oUserKnownHostsFile=" + knownHosts(),
                "-oGlobalKnownHostsFile=/dev/null",
                "-oStrictHostKeyChecking=yes",
                "-oNumberOfPasswordPrompts=1",
                "-oIdentitiesOnly=yes",
                "-oIdentityAgent=none",
                "-oLogLevel=ERROR",
                "-oBatchMode=no",
                "-oPort=" + port()));
        options.addAll(List.of(more));
        return options;
    }

    private Peer.Outcome run(String program, List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(arguments));
        return find(program).with(askPass(PASSWORD)).run(all.toArray(String[]::new));
    }

    private Peer.Outcome sftp(String script, String... more) throws Exception {
        Path batch = Files.writeString(folder.resolve("batch"), script);
        List<String> options = options(more);
        options.addAll(List.of("-b", batch.toString()));
        return run("sftp", options, USER + "@127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesFilesBothWaysWithAPassword(Storage storage) throws Exception {
        serve(storage);
        byte[] up = localFile("up", BIG);
        sftp("put up big\nget big down\n").succeeded();
        assertThat(server.read("/big")).isEqualTo(up);
        assertThat(localBytes("down")).isEqualTo(up);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void logsInByAKey(String type) throws Exception {
        Path key = userKey(type);
        serve(Storage.MEMORY, settings -> settings.authenticator(holderOf(key)));
        server.write("/note", "hello");
        sftp("get note\n", "-oIdentityFile=" + key, "-oPreferredAuthentications=publickey")
                .succeeded();
        assertThat(localBytes("note")).asString().isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void managesFilesAndFolders(Storage storage) throws Exception {
        serve(storage);
        localFile("file", 100);
        Peer.Outcome done = sftp("""
                mkdir folder
                put file folder/one
                rename folder/one folder/two
                ls -l folder
                ln -s two folder/link
                chmod 640 folder/two
                cd folder
                pwd
                get link back
                rm link
                rm two
                cd ..
                rmdir folder
                """).succeeded();
        assertThat(done.output()).contains("two").contains("Remote working directory: /folder");
        assertThat(localBytes("back")).isEqualTo(localBytes("file"));
        assertThat(server.exists("/folder")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void mirrorsATreeBothWays(Storage storage) throws Exception {
        serve(storage);
        Path tree = Files.createDirectories(local.resolve("tree/deeper")).getParent();
        for (String name : AWKWARD_NAMES) {
            Files.writeString(tree.resolve(name), name);
            Files.writeString(tree.resolve("deeper").resolve(name), "deeper " + name);
        }
        sftp("put -r tree\nget -r tree back\n").succeeded();
        for (String name : AWKWARD_NAMES) {
            assertThat(server.text("/tree/" + name)).isEqualTo(name);
            assertThat(local.resolve("back/deeper/" + name)).hasContent("deeper " + name);
        }
    }

    @Test
    void resumesWhereATransferWasCutOff() throws Exception {
        serve(Storage.DISK);
        byte[] whole = localFile("whole", 1 << 20);
        localFile("down", java.util.Arrays.copyOf(whole, 300_000));
        server.write("/whole", java.util.Arrays.copyOf(whole, 400_000));
        sftp("reput whole\nreget whole down\n").succeeded();
        assertThat(server.read("/whole")).isEqualTo(whole);
        assertThat(localBytes("down")).isEqualTo(whole);
    }

    @Test
    void tellsWhatIsNotThereAndGoesOn() throws Exception {
        serve(Storage.MEMORY);
        Peer.Outcome outcome = sftp("-get nothing\n-rm nothing\n-rmdir nothing\n-cd nothing\nmkdir there\n")
                .succeeded();
        assertThat(outcome.output()).contains("not found");
        assertThat(server.exists("/there")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void copiesBySftpWithScp(Storage storage) throws Exception {
        serve(storage);
        byte[] up = localFile("up", 1_000_000);
        String host = USER + "@127.0.0.1:";
        run("scp", options("-s"), "up", host + "copy").succeeded();
        run("scp", options("-s", "-p"), host + "copy", "down").succeeded();
        assertThat(server.read("/copy")).isEqualTo(up);
        assertThat(localBytes("down")).isEqualTo(up);
    }

    @Test
    void renewsKeysWhileBothSidesSend() throws Exception {
        serve(Storage.DISK, settings -> settings.rekeyAfter(1 << 20, java.time.Duration.ofHours(1)));
        String hash = Payload.hash(Payload.file(local.resolve("up"), BIG));
        sftp("put up\nget up down\n", "-oRekeyLimit=2M").succeeded();
        assertThat(Payload.hash(stored.resolve("up"))).isEqualTo(hash);
        assertThat(Payload.hash(local.resolve("down"))).isEqualTo(hash);
    }

    @Test
    void compressesIfBothWantIt() throws Exception {
        serve(
                Storage.MEMORY,
                settings -> settings.algorithms(
                        io.portolan.ssh.SshAlgorithms.modern().withCompression()));
        byte[] up = localFile(
                "up", "over and over again\n".repeat(50_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        sftp("put up\nget up down\n", "-C").succeeded();
        assertThat(server.read("/up")).isEqualTo(up);
        assertThat(localBytes("down")).isEqualTo(up);
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        serve(Storage.MEMORY, settings -> settings.authenticator(Authenticators.user(USER, "another one")));
        assertThat(sftp("pwd\n").failed().output()).contains("Permission denied");
    }

    @Test
    void hasNoShellNoCommandsAndNoForwarding() throws Exception {
        serve(Storage.MEMORY);
        assertThat(run("ssh", options(), USER + "@127.0.0.1", "id").failed().output())
                .contains("exec request failed");
        assertThat(run("ssh", options("-T"), USER + "@127.0.0.1").failed().output())
                .contains("shell request failed");
        assertThat(run("ssh", options("-T", "-W", "127.0.0.1:1"), USER + "@127.0.0.1")
                        .failed()
                        .output())
                .contains("forwarding failed");
        assertThat(run("ssh", options("-N", "-oExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"), USER + "@127.0.0.1")
                        .failed()
                        .output())
                .contains("remote port forwarding failed");
    }

    @Test
    void learnsFurtherHostKeysThatAreProved() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair further = rsa.generateKeyPair();
        serve(Storage.MEMORY, settings -> settings.hostKey(further));
        Path known = knownHosts();
        String all = Files.readString(known);
        Files.writeString(known, all.lines().findFirst().orElseThrow() + "\n");
        List<String> options = options("-oUpdateHostKeys=yes");
        Files.writeString(known, all.lines().findFirst().orElseThrow() + "\n");
        options.addAll(
                List.of("-b", Files.writeString(folder.resolve("batch"), "ls\n").toString()));
        // the proof may come when the client is gone already
        await().until(() -> {
            run("sftp", options, USER + "@127.0.0.1").succeeded();
            return Files.readString(known).contains("ssh-rsa ");
        });
    }
}
