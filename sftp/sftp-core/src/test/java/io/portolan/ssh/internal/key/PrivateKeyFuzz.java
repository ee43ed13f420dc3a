package io.portolan.ssh.internal.key;

import io.portolan.testing.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of private keys in all formats. */
public final class PrivateKeyFuzz implements FuzzTarget {

    private static final String PASSPHRASE = "correct horse";

    /** What says that a passphrase is digested for long, which is meant to be slow. */
    private static final List<String> SLOW = List.of("ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "Argon2");

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Stream.of(
                        "ecdsa256-pkcs8",
                        "ecdsa256-sec1",
                        "ecdsa384-ppk2-aes",
                        "ecdsa384-ppk3",
                        "ecdsa384-sec1-aes192",
                        "ecdsa384-sec1-parameters",
                        "ecdsa521-pkcs8-pbkdf2",
                        "ed25519-ppk3",
                        "ed25519-ppk3-argon2i",
                        "other-pkcs8",
                        "other-pkcs8-scrypt",
                        "rsa-pkcs1",
                        "rsa-pkcs1-aes128",
                        "rsa-pkcs8",
                        "rsa-ppk2",
                        "rsa-ppk3",
                        "unsupported-ed448-pkcs8",
                        "weak-rsa1024")
                .map(name -> TestKeys.octets("files/" + name))
                .forEach(seeds::add);
        Stream.of("rsa-plain", "ecdsa384-gcm", "ed25519-ctr")
                .map(TestKeys::octets)
                .forEach(seeds::add);
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        read(input, null);
        if (SLOW.stream().noneMatch(text::contains)) {
            read(input, PASSPHRASE.toCharArray());
        }
    }

    private static void read(byte[] input, char[] passphrase) {
        try {
            PrivateKeyFile.read(input, passphrase);
        } catch (KeyFileException expected) {
            // told apart and explained by its own tests
        }
    }
}
