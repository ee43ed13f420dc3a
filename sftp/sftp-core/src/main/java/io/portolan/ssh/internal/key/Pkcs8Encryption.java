package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * The encryption of PKCS#8: PBES2 (RFC 8018 section 6.2) with AES, and the key from the passphrase by PBKDF2 or scrypt (RFC 7914). What the file asks of us in
 * time and memory is bounded, as a file need not come from a friend.
 *
 * @param keyOctets how long AES's key is
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once
record Pkcs8Encryption(Derivation derivation, int keyOctets, byte[] iv, byte[] ciphertext) {

    /** {@code openssl} takes 2,048, password managers some hundred thousands; these take some ten seconds. */
    static final int MAX_PBKDF2_ITERATIONS = 10_000_000;

    /** Octets; {@code openssl} takes 16 MiB. */
    static final long MAX_SCRYPT_MEMORY = 64L * 1024 * 1024;

    /** How often that memory is gone over; {@code openssl} does so once. */
    static final int MAX_SCRYPT_PARALLELISM = 16;

    private static final int MAX_SALT_OCTETS = 1024;

    private static final Map<ASN1ObjectIdentifier, Integer> KEY_OCTETS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, 16,
            NISTObjectIdentifiers.id_aes192_CBC, 24,
            NISTObjectIdentifiers.id_aes256_CBC, 32);

    /** The JDK's names; SHA-1 is harmless in here, and the default of the standard. */
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "PBKDF2WithHmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private static final ASN1ObjectIdentifier SCRYPT = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

    /** How a key is made of a passphrase. */
    private sealed interface Derivation {
        byte[] key(char[] passphrase, int octets);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once
    private record Pbkdf2(String jdkName, byte[] salt, int iterations) implements Derivation {
        @Override
        public byte[] key(char[] passphrase, int octets) {
            PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, octets * Byte.SIZE);
            try {
                SecretKey key = SecretKeyFactory.getInstance(jdkName).generateSecret(spec);
                return key.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM has no " + jdkName, e);
            } finally {
                spec.clearPassword();
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once
    private record Scrypt(byte[] salt, int cost, int blockSize, int parallelism) implements Derivation {
        @Override
        public byte[] key(char[] passphrase, int octets) {
            byte[] encoded = Passphrase.utf8(passphrase);
            try {
                return SCrypt.generate(encoded, salt, cost, blockSize, parallelism, octets);
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        }
    }

    /** Reads the structure of {@code BEGIN ENCRYPTED PRIVATE KEY}. */
    static Pkcs8Encryption read(byte[] der) throws KeyFileException {
        return DerPrivateKey.read(der, structure -> {
            EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(structure);
            ASN1ObjectIdentifier scheme = info.getEncryptionAlgorithm().getAlgorithm();
            if (!scheme.equals(PKCSObjectIdentifiers.id_PBES2)) {
                throw unsupported("encrypted by " + scheme);
            }
            PBES2Parameters parameters =
                    PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
            ASN1ObjectIdentifier cipher = parameters.getEncryptionScheme().getAlgorithm();
            Integer keyOctets = KEY_OCTETS.get(cipher);
            if (keyOctets == null) {
                throw unsupported("encrypted with the cipher " + cipher);
            }
            byte[] iv = ASN1OctetString.getInstance(
                            parameters.getEncryptionScheme().getParameters())
                    .getOctets();
            if (iv.length != AesCbc.BLOCK_OCTETS) {
                throw new KeyFileException(Problem.MALFORMED, "an initialisation vector of " + iv.length + " octets");
            }
            return new Pkcs8Encryption(
                    derivation(
                            parameters.getKeyDerivationFunc().getAlgorithm(),
                            parameters.getKeyDerivationFunc().getParameters(),
                            keyOctets),
                    keyOctets,
                    iv,
                    info.getEncryptedData());
        });
    }

    private static Derivation derivation(ASN1ObjectIdentifier function, ASN1Encodable parameters, int keyOctets)
            throws KeyFileException {
        if (function.equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            return pbkdf2(PBKDF2Params.getInstance(parameters), keyOctets);
        }
        if (function.equals(SCRYPT)) {
            return scrypt(ASN1Sequence.getInstance(parameters), keyOctets);
        }
        throw unsupported("encrypted with a key by " + function);
    }

    private static Pbkdf2 pbkdf2(PBKDF2Params parameters, int keyOctets) throws KeyFileException {
        ASN1ObjectIdentifier digest = parameters.getPrf().getAlgorithm();
        String jdkName = DIGESTS.get(digest);
        if (jdkName == null) {
            throw unsupported("encrypted with a key by PBKDF2 with " + digest);
        }
        BigInteger length = parameters.getKeyLength();
        if (length != null) {
            checkLength(length, keyOctets);
        }
        int iterations = bounded("iterations of PBKDF2", parameters.getIterationCount(), MAX_PBKDF2_ITERATIONS);
        return new Pbkdf2(jdkName, salt(parameters.getSalt()), iterations);
    }

    /** The parameters of RFC 7914 section 7: salt, cost, block size, parallelism, and perhaps the length of the key. */
    private static Scrypt scrypt(ASN1Sequence parameters, int keyOctets) throws KeyFileException {
        byte[] salt =
                salt(ASN1OctetString.getInstance(parameters.getObjectAt(0)).getOctets());
        BigInteger cost = number(parameters, 1);
        BigInteger blockSize = number(parameters, 2);
        int parallelism = bounded("passes of scrypt", number(parameters, 3), MAX_SCRYPT_PARALLELISM);
        if (parameters.size() > 4) {
            checkLength(number(parameters, 4), keyOctets);
        }
        // each at least 1, and both together within the memory; a factor is never larger than the product
        bounded("octets of memory for scrypt", blockSize.shiftLeft(7), MAX_SCRYPT_MEMORY);
        bounded("octets of memory for scrypt", cost, MAX_SCRYPT_MEMORY);
        bounded("octets of memory for scrypt", blockSize.shiftLeft(7).multiply(cost), MAX_SCRYPT_MEMORY);
        if (cost.bitCount() != 1 || cost.equals(BigInteger.ONE)) {
            throw new KeyFileException(Problem.MALFORMED, "scrypt with a cost that is no power of two");
        }
        return new Scrypt(salt, cost.intValueExact(), blockSize.intValueExact(), parallelism);
    }

    private static BigInteger number(ASN1Sequence sequence, int index) {
        return ASN1Integer.getInstance(sequence.getObjectAt(index)).getValue();
    }

    private static int bounded(String what, BigInteger value, long max) throws KeyFileException {
        if (value.signum() <= 0) {
            throw new KeyFileException(Problem.MALFORMED, "no " + what);
        }
        if (value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw unsupported("more than " + max + " " + what);
        }
        return value.intValueExact();
    }

    private static void checkLength(BigInteger octets, int keyOctets) throws KeyFileException {
        if (!octets.equals(BigInteger.valueOf(keyOctets))) {
            throw new KeyFileException(Problem.MALFORMED, "a key of another length than its cipher's");
        }
    }

    private static byte[] salt(byte[] salt) throws KeyFileException {
        if (salt.length == 0 || salt.length > MAX_SALT_OCTETS) {
            throw new KeyFileException(Problem.MALFORMED, "a salt of " + salt.length + " octets");
        }
        return salt;
    }

    private static KeyFileException unsupported(String what) {
        return new KeyFileException(
                Problem.UNSUPPORTED, "the key file is " + what + ", which is not taken: ssh-keygen -p rewrites it");
    }

    /** The structure of {@code BEGIN PRIVATE KEY} that was encrypted. */
    byte[] decrypt(char[] passphrase) throws KeyFileException {
        byte[] key = derivation.key(passphrase, keyOctets);
        try {
            return AesCbc.decryptPadded(key, iv, ciphertext);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
