package io.portolan.examples.standalone;

import io.portolan.ftps.TlsKeys;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What TLS shows.
 *
 * @param keys the key and its certificate
 * @param origin where they are from, for the first screen
 */
record ShownCertificate(TlsKeys keys, String origin) {

    private static final String FILE = "tls.pem";

    /** Names that this machine always has for itself. Others, and addresses, come and go, and the certificate is to stay: people compare its fingerprint. */
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");

    static ShownCertificate of(ServeOptions options) {
        Path certificate = options.certificate;
        Path key = options.key;
        if (certificate != null && key != null) {
            return new ShownCertificate(given(options, certificate, key), "from " + certificate);
        }
        if (certificate != null) {
            throw options.wrong("--cert: its private key is missing; give it by --key");
        }
        if (key != null) {
            throw options.wrong("--key: its certificate is missing; give it by --cert");
        }
        return kept(options);
    }

    private static TlsKeys given(ServeOptions options, Path certificate, Path key) {
        requireFile(options, "--cert", certificate);
        requireFile(options, "--key", key);
        try {
            return TlsKeys.pem(certificate, key);
        } catch (FileSystemException e) {
            throw options.wrong("--cert, --key: " + Failures.describe(e));
        } catch (IOException e) {
            throw options.wrong("--cert " + certificate + ", --key " + key + ": " + Failures.describe(e));
        } catch (IllegalArgumentException e) {
            throw options.wrong("--cert, --key: " + e.getMessage());
        }
    }

    /** What is no ordinary file may still be one to read, such as a shell's {@code <(...)}. */
    private static void requireFile(ServeOptions options, String option, Path file) {
        if (Files.isDirectory(file)) {
            throw options.wrong(option + ": " + file + ": is a folder");
        }
    }

    private static ShownCertificate kept(ServeOptions options) {
        Path folder = StateFolder.of(options);
        Path file = folder.resolve(FILE);
        try {
            StateFolder.create(folder);
            return new ShownCertificate(
                    TlsKeys.selfSignedIn(file, HOSTS.toArray(String[]::new)),
                    "made here and kept in " + file.toAbsolutePath().normalize() + "; --cert and --key show your own");
        } catch (IOException e) {
            if (options.state != null) {
                throw options.wrong("--state: " + Failures.describe(e));
            }
            // Not everybody has a home to write to, and whoever did not ask for it to be kept need not.
            return new ShownCertificate(
                    TlsKeys.selfSigned(HOSTS.toArray(String[]::new)),
                    "new at each start, as it cannot be kept: " + Failures.describe(e)
                            + "; --state names another folder");
        } catch (IllegalArgumentException e) {
            throw options.wrong("--state: " + e.getMessage());
        }
    }

    /** What curl knows a server by whose certificate nobody has signed: {@code --pinnedpubkey}. */
    String curlPin() {
        byte[] key = keys.certificates().get(0).getPublicKey().getEncoded();
        return "sha256//" + Base64.getEncoder().encodeToString(digest("SHA-256", key));
    }

    /** What lftp knows it by. */
    String lftpFingerprint() {
        try {
            byte[] certificate = keys.certificates().get(0).getEncoded();
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest("SHA-1", certificate));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
