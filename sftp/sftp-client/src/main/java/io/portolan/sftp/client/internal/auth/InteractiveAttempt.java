package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.InteractiveLogin;
import io.portolan.sftp.client.InteractiveLogin.Challenge;
import io.portolan.sftp.client.InteractiveLogin.Question;
import io.portolan.sftp.client.internal.Untrusted;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** By answers to whatever the server asks (RFC 4256), round by round. */
final class InteractiveAttempt implements Attempt {

    static final String METHOD = "keyboard-interactive";

    /** Questions at a time: people are asked for two or three. */
    static final int MAX_QUESTIONS = 32;

    /** Rounds of one attempt; without a limit a server would ask for ever. */
    static final int MAX_ROUNDS = 16;

    private static final int MAX_NAME = 256;
    private static final int MAX_INSTRUCTION = 4 * 1_024;
    private static final int MAX_QUESTION = 1_024;

    private final LoginContext context;
    private final InteractiveLogin answers;
    private int rounds;

    InteractiveAttempt(LoginContext context, InteractiveLogin answers) {
        this.context = context;
        this.answers = answers;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String description() {
        return "answers to the server's questions";
    }

    @Override
    public byte[] begin() {
        return context.request(METHOD).writeString("").writeString("").toByteArray();
    }

    @Override
    public byte[] answered(SshReader message) throws Exception {
        if (++rounds > MAX_ROUNDS) {
            throw SshProtocolException.malformed("the server asks more than " + MAX_ROUNDS + " times");
        }
        Challenge challenge = read(message);
        List<char[]> secrets = answers.answer(challenge);
        try {
            return response(secrets, challenge.questions().size());
        } finally {
            secrets.forEach(secret -> Arrays.fill(secret, '\0'));
        }
    }

    private static byte[] response(List<char[]> secrets, int questions) throws IOException {
        if (secrets.size() != questions) {
            throw new IOException(secrets.size() + " answers to " + questions + " questions");
        }
        SshWriter response = new SshWriter()
                .writeByte(SshMessageNumber.USERAUTH_INFO_RESPONSE.number())
                .writeUint32(questions);
        try {
            for (char[] secret : secrets) {
                byte[] octets = ClientSecrets.utf8(secret);
                response.writeString(octets);
                Arrays.fill(octets, (byte) 0);
            }
            return response.toByteArray();
        } finally {
            response.wipe();
        }
    }

    private static Challenge read(SshReader message) throws SshProtocolException {
        String name = Untrusted.line(message.readString(), MAX_NAME);
        String instruction = Untrusted.text(message.readString(), MAX_INSTRUCTION);
        message.readString(); // language tag
        long count = message.readUint32();
        if (count > MAX_QUESTIONS) {
            throw SshProtocolException.malformed("the server asks " + count + " questions at a time");
        }
        List<Question> questions = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            questions.add(new Question(Untrusted.line(message.readString(), MAX_QUESTION), message.readBoolean()));
        }
        message.expectEnd();
        return new Challenge(name, instruction, questions);
    }
}
