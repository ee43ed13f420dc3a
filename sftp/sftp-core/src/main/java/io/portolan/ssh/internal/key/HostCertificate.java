package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A host's key with the certificate that a CA has given it, so that clients need to know the CA only (OpenSSH's PROTOCOL.certkeys).
 *
 * @param pair the key
 * @param certificate that of the key
 */
public record HostCertificate(SshKeyPair pair, SshCertificate certificate) {

    /**
     * Reads a certificate, as {@code ssh-keygen -s ca -h} puts it into a file that ends in {@code -cert.pub}, and finds the key that it is of. Blocks. Whether it is in force today is not
     * looked at.
     *
     * @param keys those of the host
     * @throws KeyFileException if it is no certificate that a client could take, or that of another key
     * @throws IOException if the file cannot be read
     */
    public static HostCertificate load(Path file, Collection<SshKeyPair> keys) throws IOException {
        KeyLine line = PublicKeyFile.load(file);
        if (!SshCertificate.isCertificate(line.type())) {
            throw new KeyFileException(
                    Problem.MALFORMED, "no certificate, but a public key; ssh-keygen -s ca -h makes one");
        }
        return of(line.certificate(), keys);
    }

    private static HostCertificate of(SshCertificate certificate, Collection<SshKeyPair> keys) throws KeyFileException {
        if (certificate.kind() != SshCertificate.Kind.HOST) {
            throw new KeyFileException(Problem.UNSUPPORTED, "no host's certificate; ssh-keygen -s ca needs -h for one");
        }
        if (certificate.principals().isEmpty()) {
            throw new KeyFileException(
                    Problem.UNSUPPORTED,
                    "a certificate for no name in particular; ssh-keygen -s ca -h needs -n for them");
        }
        if (!certificate.isSigned(certificate.authority().signatureAlgorithms())) {
            throw new KeyFileException(Problem.UNSUPPORTED, "a certificate without a good signature of its CA");
        }
        for (SshKeyPair pair : keys) {
            if (pair.publicKey().equals(certificate.key())) {
                return new HostCertificate(pair, certificate);
            }
        }
        throw new KeyFileException(
                Problem.UNSUPPORTED,
                "a certificate of the key " + certificate.key().fingerprint() + ", which is none of the host's");
    }
}
