package io.portolan.ssh.internal.auth;

import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.Collection;
import java.util.List;

/** What a server says (RFC 4252 sections 5 to 8, RFC 4256 section 3.2). Language tags are left empty: nobody reads them. */
final class AuthMessages {

    private AuthMessages() {}

    static SshWriter serviceAccept(String service) {
        return start(SshMessageNumber.SERVICE_ACCEPT).writeString(service);
    }

    static SshWriter banner(String text) {
        return start(SshMessageNumber.USERAUTH_BANNER).writeString(text).writeString("");
    }

    static SshWriter failure(Collection<LoginMethod> canContinue, boolean partialSuccess) {
        List<String> names = canContinue.stream().map(LoginMethod::sshName).toList();
        return start(SshMessageNumber.USERAUTH_FAILURE).writeNameList(names).writeBoolean(partialSuccess);
    }

    static SshWriter success() {
        return start(SshMessageNumber.USERAUTH_SUCCESS);
    }

    static SshWriter keyWouldDo(String algorithm, byte[] blob) {
        return start(SshMessageNumber.USERAUTH_PK_OK).writeString(algorithm).writeString(blob);
    }

    static SshWriter changePassword(String prompt) {
        return start(SshMessageNumber.USERAUTH_PASSWD_CHANGEREQ)
                .writeString(prompt)
                .writeString("");
    }

    static SshWriter questions(List<Prompt> prompts) {
        SshWriter writer = start(SshMessageNumber.USERAUTH_INFO_REQUEST)
                .writeString("")
                .writeString("")
                .writeString("")
                .writeUint32(prompts.size());
        prompts.forEach(prompt -> writer.writeString(prompt.text()).writeBoolean(prompt.echo()));
        return writer;
    }

    private static SshWriter start(SshMessageNumber message) {
        return new SshWriter().writeByte(message.number());
    }
}
