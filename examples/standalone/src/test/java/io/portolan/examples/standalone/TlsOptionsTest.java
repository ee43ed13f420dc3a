package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ftps.TlsKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Which certificate the options choose, and what is wrong with them. */
class TlsOptionsTest {

    @TempDir
    private Path folder;

    @Test
    void aCertificateIsMadeOnceAndKept() {
        Path state = folder.resolve("a/b");

        ShownCertificate first = chosen("--state", state.toString());
        ShownCertificate second = chosen("--state", state.toString());

        assertThat(second.keys().fingerprint()).isEqualTo(first.keys().fingerprint());
        assertThat(first.origin()).contains(state.resolve("tls.pem").toString());
    }

    @Test
    void nobodyElseCanReadWhatIsKept() throws Exception {
        Path state = folder.resolve("a/b");

        chosen("--state", state.toString());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("tls.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsKeptWhereTheSystemKeepsSuchThings() {
        Path home = Path.of("/home/al");

        assertThat(StateFolder.usual(Map.of(), home)).isEqualTo(Path.of("/home/al/.local/state/portolan"));
        assertThat(StateFolder.usual(Map.of("XDG_STATE_HOME", "/var/state"), home))
                .isEqualTo(Path.of("/var/state/portolan"));
        assertThat(StateFolder.usual(Map.of("XDG_STATE_HOME", "state"), home))
                .isEqualTo(Path.of("/home/al/.local/state/portolan"));
    }

    @Test
    void aCertificateOfOnesOwnIsShown() throws Exception {
        Path pem = made("own.pem");

        assertThat(chosen("--cert", pem.toString(), "--key", pem.toString())
                        .keys()
                        .fingerprint())
                .isEqualTo(TlsKeys.pem(pem, pem).fingerprint());
    }

    @Test
    void aCertificateNeedsItsKeyAndAKeyItsCertificate() throws Exception {
        Path pem = made("own.pem");
        Path other = made("other.pem");

        refused("give it by --key", "--cert", pem.toString());
        refused("give it by --cert", "--key", pem.toString());
        refused("is not that of the certificate", "--cert", pem.toString(), "--key", other.toString());
    }

    @Test
    void filesThatHoldNeitherAreNamed() throws Exception {
        Path pem = made("own.pem");
        Path missing = folder.resolve("missing.pem");
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "no PEM at all");
        Path broken = Files.writeString(
                folder.resolve("broken.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        refused(missing + ": there is no such file", "--cert", missing.toString(), "--key", pem.toString());
        refused(missing + ": there is no such file", "--cert", pem.toString(), "--key", missing.toString());
        refused(folder + ": is a folder", "--cert", folder.toString(), "--key", pem.toString());
        refused("there is no certificate in it", "--cert", wrong.toString(), "--key", pem.toString());
        refused("there is no private key in it", "--cert", pem.toString(), "--key", wrong.toString());
        refused(broken.toString(), "--cert", broken.toString(), "--key", pem.toString());
        refused(broken.toString(), "--cert", pem.toString(), "--key", broken.toString());
    }

    @Test
    void aStateFolderThatCannotBeOneIsNamed() throws Exception {
        Path file = made("own.pem");
        Path wrong = Files.createDirectory(folder.resolve("state"));
        Path kept = Files.writeString(wrong.resolve("tls.pem"), "no PEM at all");

        refused("--state: " + file + ": is not a folder", "--state", file.toString());
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r--r--"));
        refused("--state: " + kept + ": others than its owner can get at", "--state", wrong.toString());
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
        refused("there is no private key in it", "--state", wrong.toString());
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rwxrwxrwx"));
        refused("--state: " + wrong + ": everybody can write to this folder", "--state", wrong.toString());
    }

    private Path made(String name) throws Exception {
        Path file = folder.resolve(name);
        TlsKeys.selfSignedIn(file);
        return file;
    }

    private static ShownCertificate chosen(String... options) {
        ServeOptions parsed = new ServeOptions();
        CommandLine line = new CommandLine(
                        CommandLine.Model.CommandSpec.create().addMixin("options", mixin(parsed)))
                .setCaseInsensitiveEnumValuesAllowed(true);
        parsed.command = line.getCommandSpec();
        line.parseArgs(options);
        return ShownCertificate.of(parsed);
    }

    private static CommandLine.Model.CommandSpec mixin(ServeOptions options) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
    }

    private static void refused(String complaint, String... options) {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> chosen(options))
                .withMessageContaining(complaint);
    }
}
