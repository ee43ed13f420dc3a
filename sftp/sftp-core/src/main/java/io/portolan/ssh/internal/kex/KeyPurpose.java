package io.portolan.ssh.internal.kex;

/** The six things derived from a key exchange, each with its letter (RFC 4253 section 7.2). */
public enum KeyPurpose {
    IV_TO_SERVER('A'),
    IV_TO_CLIENT('B'),
    CIPHER_TO_SERVER('C'),
    CIPHER_TO_CLIENT('D'),
    MAC_TO_SERVER('E'),
    MAC_TO_CLIENT('F');

    private final char letter;

    KeyPurpose(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }
}
