package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.SecretSource;
import io.portolan.ssh.internal.key.KeyFileException;
import io.portolan.ssh.internal.key.KeyLine;
import io.portolan.ssh.internal.key.PrivateKeyFile;
import io.portolan.ssh.internal.key.PublicKeyFile;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes signers of what is configured: of each key its certificate first, where there is one, and the agent's own keys last. A key that an agent has is signed with there where that spares a question, or where nothing but its public
 * half is here. A key that cannot be used is noted, and the others are used. Blocks.
 */
final class Signers {

    private static final String CERTIFICATE = "-cert.pub";
    private static final String PUBLIC = ".pub";

    private final List<Signer> signers = new ArrayList<>();
    private final List<LoginEvent> problems = new ArrayList<>();

    /** Of the agent, and not among the signers yet. */
    private final List<AgentSigner> spare = new ArrayList<>();

    private Signers() {}

    static Signers of(LoginSettings login) {
        Signers all = new Signers();
        login.agent().ifPresent(all::askAgent);
        login.identities().forEach(all::add);
        if (!login.identitiesOnly()) {
            all.signers.addAll(all.spare);
        }
        return all;
    }

    List<Signer> signers() {
        return signers;
    }

    /** What cannot be used, and why. */
    List<LoginEvent> problems() {
        return problems;
    }

    private void problem(LoginEvent.Kind kind, String text) {
        problems.add(new LoginEvent(kind, KeyAttempt.METHOD, text));
    }

    private void add(IdentitySettings identity) {
        if (identity instanceof IdentitySettings.Held held) {
            add(KeySigner.of("that was given", held.keys(), null));
        } else if (identity instanceof IdentitySettings.InFile inFile) {
            try {
                addFile(inFile);
            } catch (NoSuchFileException e) {
                problem(LoginEvent.Kind.NO_FILE, inFile.file() + ": there is no such file");
            } catch (IOException e) {
                problem(KeyAttempt.problem(e), inFile.file() + ": " + e.getMessage());
            }
        }
    }

    private void addFile(IdentitySettings.InFile identity) throws IOException {
        if (Files.notExists(identity.file())) {
            Path beside = beside(identity.file(), PUBLIC);
            if (Files.isRegularFile(beside)) {
                addNamed(beside, PublicKeyFile.load(beside));
                return;
            }
        }
        byte[] octets;
        try (InputStream in = Files.newInputStream(identity.file())) {
            octets = in.readNBytes(PrivateKeyFile.MAX_FILE_OCTETS + 1);
        }
        try {
            Optional<KeyLine> named = publicKey(octets);
            if (named.isPresent()) {
                addNamed(identity.file(), named.get());
            } else {
                addPrivate(identity, octets);
            }
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** Where a private key is expected, but nobody has to have it in a file. */
    private static Optional<KeyLine> publicKey(byte[] octets) {
        if (octets.length > PublicKeyFile.MAX_FILE_OCTETS) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKeyFile.read(octets));
        } catch (KeyFileException e) {
            return Optional.empty();
        }
    }

    /** A key whose private half only an agent can have. */
    private void addNamed(Path file, KeyLine key) {
        Optional<AgentSigner> signer = take(key.blob());
        signer.ifPresentOrElse(
                signers::add,
                () -> problem(
                        LoginEvent.Kind.UNUSABLE,
                        file + ": the public half of a key, whose private half no agent has that is asked"));
    }

    private void addPrivate(IdentitySettings.InFile identity, byte[] octets) throws IOException {
        Optional<SshKeyPair> plain = withoutPassphrase(octets);
        if (plain.isPresent()) {
            SshKeyPair keys = plain.get();
            certificate(identity, keys.publicKey())
                    .ifPresent(made -> add(KeySigner.of(identity.toString(), keys, made)));
            add(KeySigner.of(identity.toString(), keys, null));
            return;
        }
        SshPublicKey key = publicHalf(identity, octets);
        KeySigner.Opening opening = new OnceOpened(identity);
        certificate(identity, key).ifPresent(made -> add(new KeySigner(identity.toString(), key, made, opening)));
        add(new KeySigner(identity.toString(), key, null, opening));
    }

    /** Nobody has to be asked for the passphrase of a file that the agent has opened already. */
    private void add(KeySigner signer) {
        Optional<AgentSigner> same = take(signer.blob());
        signers.add(signer.isReady() || same.isEmpty() ? signer : same.get());
    }

    /** One of the agent's, which is among the signers from then on, or need not be. */
    private Optional<AgentSigner> take(byte[] blob) {
        Optional<AgentSigner> found = spare.stream()
                .filter(signer -> Arrays.equals(signer.blob(), blob))
                .findFirst();
        found.ifPresent(spare::remove);
        return found;
    }

    private static Optional<SshKeyPair> withoutPassphrase(byte[] octets) throws KeyFileException {
        try {
            return Optional.of(PrivateKeyFile.read(octets, null));
        } catch (KeyFileException e) {
            if (e.problem() == KeyFileException.Problem.PASSPHRASE_NEEDED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Of an encrypted file: from itself, from the one beside it, or by its passphrase. */
    private static SshPublicKey publicHalf(IdentitySettings.InFile identity, byte[] octets) throws IOException {
        Optional<SshPublicKey> open = PrivateKeyFile.publicHalf(octets);
        if (open.isPresent()) {
            return open.get();
        }
        Path beside = beside(identity.file(), PUBLIC);
        return Files.isRegularFile(beside)
                ? PublicKeyFile.load(beside).key()
                : new OnceOpened(identity).open().publicKey();
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private Optional<SshCertificate> certificate(IdentitySettings.InFile identity, SshPublicKey key) {
        Path file = identity.certificate().orElseGet(() -> beside(identity.file(), CERTIFICATE));
        if (identity.certificate().isEmpty() && !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            KeyLine line = PublicKeyFile.load(file);
            SshCertificate certificate = line.certificate();
            if (!certificate.key().equals(key)) {
                problem(LoginEvent.Kind.UNUSABLE, file + ": a certificate of another key");
                return Optional.empty();
            }
            if (certificate.kind() != SshCertificate.Kind.USER) {
                problem(LoginEvent.Kind.UNUSABLE, file + ": not a user's certificate");
                return Optional.empty();
            }
            return Optional.of(certificate);
        } catch (IOException e) {
            problem(LoginEvent.Kind.UNUSABLE, file + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A file's key and its certificate ask for one passphrase. */
    private static final class OnceOpened implements KeySigner.Opening {
        private final IdentitySettings.InFile identity;
        private @Nullable SshKeyPair opened;

        OnceOpened(IdentitySettings.InFile identity) {
            this.identity = identity;
        }

        @Override
        public SshKeyPair open() throws IOException {
            SshKeyPair keys = opened;
            if (keys == null) {
                keys = PrivateKeyFile.load(identity.file(), ask(identity.passphrase()));
                opened = keys;
            }
            return keys;
        }

        private char @Nullable [] ask(SecretSource passphrase) throws IOException {
            try {
                return passphrase.secret("Passphrase of " + identity.file());
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("no passphrase: " + e.getMessage(), e);
            }
        }
    }

    private void askAgent(Path socket) {
        AgentClient agent = new AgentClient(socket);
        try {
            for (AgentClient.AgentKey key : agent.keys()) {
                addSpare(agent, key);
            }
        } catch (IOException e) {
            problem(LoginEvent.Kind.AGENT, "the agent at " + socket + ": " + e.getMessage());
        }
    }

    private void addSpare(AgentClient agent, AgentClient.AgentKey key) {
        try {
            AgentSigner signer = new AgentSigner(agent, key);
            if (!signer.algorithms().isEmpty()) {
                spare.add(signer);
            }
        } catch (SshProtocolException e) {
            problem(LoginEvent.Kind.UNUSABLE, "a key of the agent's that cannot be read: " + e.getMessage());
        }
    }
}
