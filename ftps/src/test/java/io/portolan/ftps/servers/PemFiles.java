package io.portolan.ftps.servers;

import io.portolan.ftps.testing.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/**
 * A key and its certificate as servers want them.
 *
 * @param chain the certificate
 * @param key the key
 * @param both both in one
 */
public record PemFiles(Path chain, Path key, Path both) {

    private static final int LINE = 64;

    public static PemFiles write(TestAuthority.Issued issued, Path folder)
            throws IOException, CertificateEncodingException {
        String chain = pem("CERTIFICATE", issued.certificate().getEncoded());
        String key = pem("PRIVATE KEY", issued.key().getEncoded());
        return new PemFiles(
                write(folder.resolve("chain.pem"), chain),
                write(folder.resolve("key.pem"), key),
                write(folder.resolve("both.pem"), key + chain));
    }

    /** ProFTPD takes no key that others can read. */
    private static Path write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }
}
