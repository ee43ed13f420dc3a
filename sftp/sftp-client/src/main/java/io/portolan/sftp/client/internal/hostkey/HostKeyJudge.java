package io.portolan.sftp.client.internal.hostkey;

import io.portolan.sftp.client.HostKeyException;
import io.portolan.sftp.client.HostKeyException.Reason;
import io.portolan.sftp.client.HostKeyQuestion;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.transport.HostKeyVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a host is the one that is meant, at every key exchange of one connection: at the first by what is known of it, at all others by that it is the one of the
 * first. On workers, one call at a time.
 */
public final class HostKeyJudge implements HostKeyVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(HostKeyJudge.class);

    private final HostKeySettings settings;
    private final KnownHost known;
    private final HostName reached;
    private volatile byte @Nullable [] trusted;
    /** Whether what is trusted is a certificate, which has an end, and whose authority may be revoked. */
    private volatile boolean byCertificate;

    private volatile String ground = "";

    /** Written by one worker at a time. */
    private volatile int verified;

    /**
     * For one connection.
     *
     * @param known what is known of the host, by its alias if it has one
     * @param reached the name and port that are connected to
     */
    HostKeyJudge(HostKeySettings settings, KnownHost known, HostName reached) {
        this.settings = settings;
        this.known = known;
        this.reached = reached;
    }

    /** The algorithms to propose: those first for which the host can be known. */
    public List<String> order(List<String> proposed) {
        return known.order(proposed);
    }

    @Override
    public boolean takesCertificates() {
        return !known.authorities().isEmpty();
    }

    @Override
    public void verify(String algorithm, SshPublicKey key) throws IOException {
        byte[] blob = key.blob();
        if (!isAsBefore(blob)) {
            meetFirst(key, blob);
        }
        count();
    }

    private void meetFirst(SshPublicKey key, byte[] blob) throws IOException {
        Verdict verdict = judge(key);
        decide(verdict, key, "");
        ground = describe(key) + ", "
                + (verdict == Verdict.UNKNOWN
                        ? "new, and accepted"
                        : known.place(blob).map(place -> "known by " + place).orElse("known by its fingerprint"));
        trusted = blob;
    }

    /** Which key the host has shown, and why it is trusted, for people; empty as long as it is not. */
    public String ground() {
        return ground;
    }

    /** How often the host has been found to be the one that is meant: once for each key exchange. */
    public int verified() {
        return verified;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one call at a time
    private void count() {
        verified++;
    }

    private Verdict judge(SshPublicKey key) {
        Verdict verdict = known.judge(key.blob());
        if (verdict != Verdict.UNKNOWN || settings.fingerprints().isEmpty()) {
            return verdict;
        }
        return settings.fingerprints().contains(key.fingerprint()) ? Verdict.TRUSTED : Verdict.CHANGED;
    }

    private List<String> expected() {
        return known.isKnown() ? known.fingerprints() : List.copyOf(settings.fingerprints());
    }

    private List<String> expectations() {
        return known.isKnown() ? known.expectations() : List.copyOf(settings.fingerprints());
    }

    @Override
    public void verifyCertificate(String algorithm, SshCertificate certificate) throws IOException {
        byte[] blob = certificate.blob();
        if (!isAsBefore(blob)) {
            meetFirst(certificate, blob);
        }
        count();
    }

    private void meetFirst(SshCertificate certificate, byte[] blob) throws IOException {
        Instant now = Instant.now();
        decide(known.judge(certificate, now), certificate.key(), known.flaw(certificate, now));
        byte[] authority = certificate.authority().blob();
        ground = describe(certificate.key()) + ", "
                + known.place(authority)
                        .map(place -> "certified by " + KnownKey.fingerprint(authority) + ", known by " + place)
                        .or(() -> known.place(certificate.key().blob()).map(place -> "known by " + place))
                        .orElse("new, and accepted");
        byCertificate = true;
        trusted = blob;
    }

    /** Whether keys are exchanged anew with the host of before; another one than that is somebody else. */
    private boolean isAsBefore(byte[] blob) throws HostKeyException {
        byte[] before = trusted;
        if (before == null) {
            return false;
        }
        if (!Arrays.equals(before, blob)) {
            String presented = KnownKey.fingerprint(blob);
            String expected = KnownKey.fingerprint(before);
            throw new HostKeyException(
                    "the host key of " + known.name() + " has changed within a connection, from " + expected + " to "
                            + presented + ": somebody is in between, or the server is broken",
                    Reason.CHANGED,
                    presented,
                    List.of(expected));
        }
        return true;
    }

    private void decide(Verdict verdict, SshPublicKey key, String flaw) throws IOException {
        switch (verdict) {
            case TRUSTED -> {}
            case UNKNOWN -> unknown(key);
            case CHANGED -> throw changed(key);
            case REVOKED ->
                throw failure(
                        Reason.REVOKED,
                        key,
                        "the key " + describe(key) + " of " + known.name()
                                + " is revoked"
                                + known.place(key.blob())
                                        .map(place -> " (" + place + ")")
                                        .orElse("")
                                + ": it is known to others. Do not connect; ask whoever runs the server for its new key");
            case CERTIFICATE ->
                throw failure(
                        Reason.CERTIFICATE,
                        key,
                        "the certificate of " + known.name() + " with the key " + describe(key) + " does not hold: "
                                + flaw);
        }
    }

    private void unknown(SshPublicKey key) throws IOException {
        Optional<Predicate<HostKeyQuestion>> decides = settings.unknown();
        if (decides.isEmpty()) {
            throw failure(
                    Reason.UNKNOWN,
                    key,
                    "nothing is known of " + known.name() + ", which shows the key "
                            + describe(key) + ". If that is the fingerprint which you were told, add the line \""
                            + known.name() + " " + line(key) + "\" to " + place());
        }
        HostKeyQuestion question = new HostKeyQuestion(reached.name(), reached.port(), key.type(), key.fingerprint());
        if (!accepts(decides.get(), question, key)) {
            throw failure(
                    Reason.UNKNOWN, key, "the key " + describe(key) + " of " + known.name() + " was not accepted");
        }
        LOG.info("{} is new, and its key {} is trusted from now on", known.name(), describe(key));
        Optional<KnownHostsFile> learning = settings.learning();
        if (learning.isPresent()) {
            learning.get().add(known.name(), List.of(key));
        }
    }

    private boolean accepts(Predicate<HostKeyQuestion> decides, HostKeyQuestion question, SshPublicKey key)
            throws HostKeyException {
        try {
            return decides.test(question);
        } catch (RuntimeException e) {
            throw new HostKeyException(
                    "what decides whether " + known.name() + " is trusted has failed, and so it is not: " + e,
                    e,
                    Reason.UNKNOWN,
                    key.fingerprint(),
                    expected());
        }
    }

    /**
     * Whether other keys of the host are written down: not by the word of a certificate, or what it says would hold for ever; and not where an administrator looks after the host's keys for all users, or what he takes away
     * would stay.
     */
    boolean learns() {
        byte[] key = trusted;
        return settings.updates() && key != null && !byCertificate && !known.isCommon(key);
    }

    /** Whether a key of the host's is neither known nor revoked. */
    boolean isNew(byte[] blob) {
        byte[] before = trusted;
        Verdict verdict = known.judge(blob);
        return !(before != null && Arrays.equals(before, blob))
                && (verdict == Verdict.UNKNOWN || verdict == Verdict.CHANGED);
    }

    /** Writes down keys that the host has proved to have. Blocks. */
    void learn(List<SshPublicKey> keys) throws IOException {
        Optional<KnownHostsFile> file = settings.learning();
        if (file.isPresent()) {
            file.get().add(known.name(), keys);
            keys.forEach(key -> LOG.info("{} has a new key, {}", known.name(), describe(key)));
        }
    }

    private HostKeyException changed(SshPublicKey key) {
        return failure(
                Reason.CHANGED,
                key,
                "the host key of " + known.name() + " is not the one that is known: it shows " + describe(key)
                        + ", and known is " + String.join(", ", expectations())
                        + ". Either the server has a new key, or somebody is in between. Ask whoever runs it for the fingerprint; only if it is that, replace the line of "
                        + known.name() + " in " + place() + " (ssh-keygen -R \"" + known.name() + "\"" + file() + ")");
    }

    private HostKeyException failure(Reason reason, SshPublicKey key, String message) {
        return new HostKeyException(message, reason, key.fingerprint(), expected());
    }

    /** The option for ssh-keygen, which knows the usual file only. */
    private String file() {
        return file(settings).map(file -> " -f \"" + file + "\"").orElse("");
    }

    private String place() {
        return file(settings).map(Path::toString).orElse("the known hosts");
    }

    private static Optional<Path> file(HostKeySettings settings) {
        return settings.allFiles().stream().findFirst();
    }

    private static String describe(SshPublicKey key) {
        return key.type() + " " + key.fingerprint();
    }

    private static String line(SshPublicKey key) {
        return KnownHostsFile.keyText(key);
    }

    @Override
    public String toString() {
        return known.name().toString();
    }
}
