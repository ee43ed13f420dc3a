package io.portolan.sftp.client.internal.hostkey;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.trust.CertificateTerms;
import io.portolan.ssh.internal.trust.Wildcards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one host when a connection to it begins, and what follows from that for what it shows.
 *
 * @param name the host
 * @param keys its own
 * @param keysWithoutPort those of the same host at its standard port: the same key will do, but another one proves nothing
 * @param authorities whose certificates are taken
 * @param revoked what must not be trusted
 */
record KnownHost(
        HostName name,
        List<KnownKey> keys,
        List<KnownKey> keysWithoutPort,
        List<KnownKey> authorities,
        List<KnownKey> revoked) {

    private static final String RSA = "ssh-rsa";

    /** Whether anything would be trusted. */
    boolean isKnown() {
        return !keys.isEmpty() || !keysWithoutPort.isEmpty() || !authorities.isEmpty();
    }

    /** The fingerprints of keys that are expected. */
    List<String> fingerprints() {
        List<KnownKey> expected = keys.isEmpty() ? keysWithoutPort : keys;
        return expected.stream().map(KnownKey::fingerprint).toList();
    }

    /** The same, each with the place where it is written down. */
    List<String> expectations() {
        List<KnownKey> expected = keys.isEmpty() ? keysWithoutPort : keys;
        return expected.stream()
                .map(known -> known.fingerprint() + " (" + known.place() + ")")
                .toList();
    }

    /** Where a key, or a CA, is written down. */
    Optional<String> place(byte[] blob) {
        return Stream.of(revoked, keys, keysWithoutPort, authorities)
                .flatMap(List::stream)
                .filter(known -> known.is(blob))
                .map(KnownKey::place)
                .findFirst();
    }

    /** Whether a key stands in files of all users only, so that it is an administrator who looks after the host's keys. */
    boolean isCommon(byte[] blob) {
        return Stream.of(keys, keysWithoutPort)
                .flatMap(List::stream)
                .filter(known -> known.is(blob))
                .findFirst()
                .map(KnownKey::common)
                .orElse(false);
    }

    Verdict judge(byte[] key) {
        if (isRevoked(key)) {
            return Verdict.REVOKED;
        }
        Predicate<KnownKey> same = known -> known.is(key);
        if (keys.stream().anyMatch(same)) {
            return Verdict.TRUSTED;
        }
        if (!keys.isEmpty()) {
            return Verdict.CHANGED;
        }
        return keysWithoutPort.stream().anyMatch(same) ? Verdict.TRUSTED : Verdict.UNKNOWN;
    }

    private boolean isRevoked(byte[] key) {
        return revoked.stream().anyMatch(known -> known.is(key));
    }

    /** As {@link #judge(byte[])}; a certificate of a CA that is not trusted is as good as its key alone. */
    Verdict judge(SshCertificate certificate, Instant now) {
        byte[] key = certificate.key().blob();
        byte[] authority = certificate.authority().blob();
        if (isRevoked(key) || isRevoked(authority) || isRevoked(certificate.blob())) {
            return Verdict.REVOKED;
        }
        Verdict plain = judge(key);
        if (plain == Verdict.TRUSTED || authorities.stream().noneMatch(known -> known.is(authority))) {
            return plain;
        }
        return flaw(certificate, now).isEmpty() ? Verdict.TRUSTED : Verdict.CERTIFICATE;
    }

    /** What is wrong with a certificate, apart from whose it is; empty if nothing is. */
    String flaw(SshCertificate certificate, Instant now) {
        if (certificate.kind() != SshCertificate.Kind.HOST) {
            return "it is not a host's";
        }
        if (certificate.principals().stream()
                .noneMatch(pattern -> Wildcards.matches(pattern.toLowerCase(Locale.ROOT), name.name()))) {
            return "it is not for " + name.name();
        }
        if (!certificate.isValidAt(now)) {
            return "it is not in force";
        }
        if (!certificate.criticalOptions().isEmpty()) {
            return "it has a critical option that nobody knows";
        }
        return certificate.isSigned(CertificateTerms.AUTHORITY_ALGORITHMS) ? "" : "its signature is wrong";
    }

    /**
     * A proposal with what can be verified in front, so that the host shows that if it has it (RFC 4253 section 7.1). Certificates are asked for only where a CA is known.
     *
     * @param proposed algorithms, the best first
     */
    List<String> order(List<String> proposed) {
        List<String> usable = proposed.stream()
                .filter(name -> !authorities.isEmpty() || !SshCertificate.isCertificate(name))
                .toList();
        Set<String> knownTypes = Stream.concat(keys.stream(), keysWithoutPort.stream())
                .map(KnownKey::type)
                .collect(Collectors.toSet());
        List<String> ordered = new ArrayList<>();
        usable.stream().filter(SshCertificate::isCertificate).forEach(ordered::add);
        usable.stream()
                .filter(name -> !SshCertificate.isCertificate(name) && knownTypes.contains(keyType(name)))
                .forEach(ordered::add);
        usable.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
        return ordered;
    }

    private static String keyType(String algorithm) {
        return algorithm.startsWith("rsa-sha2-") ? RSA : algorithm;
    }
}
