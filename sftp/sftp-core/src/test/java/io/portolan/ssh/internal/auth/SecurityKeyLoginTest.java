package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SoftDevice;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.key.WebAuthnSignature;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecurityKeyLoginTest {

    private static final List<SoftDevice> DEVICES =
            List.of(new SoftDevice(TestKeys.ED25519), new SoftDevice(TestKeys.P256));

    private final List<Boolean> signed = new ArrayList<>();
    private LoginRestrictions account = LoginRestrictions.none();

    private final Authenticator owner = request -> {
        signed.add(((Credentials.PublicKey) request.credentials()).signed());
        return AuthenticationResult.accepted(account.attachTo(Identity.of(request.user())));
    };

    private static SshWriter login(AuthClient client, SoftDevice device, byte[] blob, String algorithm, int flags) {
        SshWriter request = AuthClient.request("alice", "publickey")
                .writeBoolean(true)
                .writeString(algorithm)
                .writeString(blob);
        return request.writeString(device.sign(client.signedData(request), flags));
    }

    private void assertLogin(boolean success, int flags) throws Exception {
        for (SoftDevice device : DEVICES) {
            signed.clear();
            try (AuthClient client = AuthClient.ready(owner)) {
                AuthClient.Reply reply = client.send(
                        login(client, device, device.key().blob(), device.key().type(), flags));
                assertThat(reply.number()).isEqualTo(success ? 52 : 51);
                assertThat(signed.contains(true)).isEqualTo(success);
            }
        }
    }

    private void assertCertificateLogin(boolean success, TestCertificate certificate, int flags) {
        SoftDevice device = DEVICES.get(0);
        try (AuthClient client = AuthClient.ready(owner)) {
            AuthClient.Reply reply =
                    client.send(login(client, device, certificate.blob(), TestCertificate.type(device.key()), flags));
            assertThat(reply.number()).isEqualTo(success ? 52 : 51);
        }
    }

    private static TestCertificate certificate() {
        return new TestCertificate(DEVICES.get(0).key());
    }

    @Test
    void aDeviceThatWasTouchedLogsInAndOneThatWasNotDoesNot() throws Exception {
        assertLogin(true, SoftDevice.TOUCHED);
        assertLogin(true, SoftDevice.TOUCHED | SoftDevice.VERIFIED);
        assertLogin(false, 0);
        assertLogin(false, SoftDevice.VERIFIED);
    }

    @Test
    void anAccountMayDoWithoutTheTouch() throws Exception {
        account = LoginRestrictions.builder().touchRequired(false).build();
        assertLogin(true, 0);
    }

    @Test
    void anAccountMayAskForTheUserToBeVerified() throws Exception {
        account = LoginRestrictions.builder().verificationRequired(true).build();
        assertLogin(false, SoftDevice.TOUCHED);
        assertLogin(false, SoftDevice.VERIFIED);
        assertLogin(true, SoftDevice.TOUCHED | SoftDevice.VERIFIED);
    }

    @Test
    void aCertificateMayAskForTheUserToBeVerified() {
        assertCertificateLogin(false, certificate().criticalFlag("verify-required"), SoftDevice.TOUCHED);
        assertCertificateLogin(
                true, certificate().criticalFlag("verify-required"), SoftDevice.TOUCHED | SoftDevice.VERIFIED);
    }

    @Test
    void theTouchIsLeftOutOnlyIfTheCertificateAndTheAccountBothSaySo() {
        assertCertificateLogin(false, certificate().extension("no-touch-required"), 0);
        account = LoginRestrictions.builder().touchRequired(false).build();
        assertCertificateLogin(false, certificate(), 0);
        assertCertificateLogin(true, certificate().extension("no-touch-required"), 0);
    }

    /** Asks for a code whatever the key is, and tells of the account only when the code is there. */
    private void assertLoginWithCode(boolean success, byte[] blob, String algorithm, int flags) throws Exception {
        Authenticator keyAndCode = request -> request.credentials() instanceof Credentials.PublicKey
                ? new AuthenticationResult.Continue(List.of(new Prompt("Code: ", false)))
                : AuthenticationResult.accepted(account.attachTo(Identity.of(request.user())));
        try (AuthClient client = AuthClient.ready(keyAndCode, settings -> settings.chain(LoginMethod.PUBLIC_KEY))) {
            AuthClient.Reply reply = client.send(login(client, DEVICES.get(0), blob, algorithm, flags));
            if (reply.number() == 51 && reply.isPartial()) {
                client.send(AuthClient.keyboardInteractive("alice"));
                reply = client.send(AuthClient.answers("123"));
            }
            assertThat(reply.number()).isEqualTo(success ? 52 : 51);
        }
    }

    @Test
    void whatTheAccountAsksForHoldsAlsoWhenItIsKnownOnlyBehindAQuestion() throws Exception {
        byte[] blob = DEVICES.get(0).key().blob();
        String algorithm = DEVICES.get(0).key().type();
        assertLoginWithCode(true, blob, algorithm, SoftDevice.TOUCHED);
        assertLoginWithCode(false, blob, algorithm, 0);
        account = LoginRestrictions.builder().verificationRequired(true).build();
        assertLoginWithCode(false, blob, algorithm, SoftDevice.TOUCHED);
        assertLoginWithCode(true, blob, algorithm, SoftDevice.TOUCHED | SoftDevice.VERIFIED);
    }

    @Test
    void whatTheCertificateAsksForHoldsAlsoBeforeAQuestion() throws Exception {
        TestCertificate certificate = certificate().criticalFlag("verify-required");
        String algorithm = TestCertificate.type(DEVICES.get(0).key());
        assertLoginWithCode(false, certificate.blob(), algorithm, SoftDevice.TOUCHED);
        assertLoginWithCode(true, certificate.blob(), algorithm, SoftDevice.TOUCHED | SoftDevice.VERIFIED);
    }

    @Test
    void aSignatureThatABrowserHadMadeLogsIn() throws Exception {
        SoftDevice device = DEVICES.get(1);
        for (int flags : new int[] {SoftDevice.TOUCHED, 0}) {
            try (AuthClient client = AuthClient.ready(owner)) {
                SshWriter request = AuthClient.request("alice", "publickey")
                        .writeBoolean(true)
                        .writeString(WebAuthnSignature.ALGORITHM)
                        .writeString(device.key().blob());
                request.writeString(device.signInBrowser(client.signedData(request), flags));
                assertThat(client.send(request).number()).isEqualTo(flags == 0 ? 51 : 52);
            }
        }
    }

    private void assertTwoSteps(boolean success, LoginRestrictions ofKey, LoginRestrictions ofPassword, int flags) {
        Authenticator steps = request -> AuthenticationResult.accepted(
                (request.credentials() instanceof Credentials.PublicKey ? ofKey : ofPassword)
                        .attachTo(Identity.of(request.user())));
        for (LoginMethod first : List.of(LoginMethod.PUBLIC_KEY, LoginMethod.PASSWORD)) {
            LoginMethod second = first == LoginMethod.PASSWORD ? LoginMethod.PUBLIC_KEY : LoginMethod.PASSWORD;
            SoftDevice device = DEVICES.get(0);
            try (AuthClient client = AuthClient.ready(steps, settings -> settings.chain(first, second))) {
                int last = 0;
                for (LoginMethod step : List.of(first, second)) {
                    SshWriter request = step == LoginMethod.PASSWORD
                            ? AuthClient.password("alice", "wonderland")
                            : login(
                                    client,
                                    device,
                                    device.key().blob(),
                                    device.key().type(),
                                    flags);
                    last = client.send(request).number();
                }
                assertThat(last).isEqualTo(success ? 52 : 51);
            }
        }
    }

    @Test
    void whatAnyStepAsksForIsAskedOfTheKeysOfAllSteps() {
        LoginRestrictions none = LoginRestrictions.none();
        LoginRestrictions verified =
                LoginRestrictions.builder().verificationRequired(true).build();
        assertTwoSteps(false, none, verified, SoftDevice.TOUCHED);
        assertTwoSteps(false, verified, none, SoftDevice.TOUCHED);
        assertTwoSteps(true, none, verified, SoftDevice.TOUCHED | SoftDevice.VERIFIED);
    }

    @Test
    void aPasswordAsksForNoTouch() {
        LoginRestrictions untouched =
                LoginRestrictions.builder().touchRequired(false).build();
        assertTwoSteps(true, untouched, LoginRestrictions.none(), 0);
        assertTwoSteps(false, LoginRestrictions.none(), untouched, 0);
    }

    /** Two devices after one another, each with restrictions of its own. */
    private void assertTwoKeys(
            boolean success, LoginRestrictions ofFirst, int firstFlags, LoginRestrictions ofSecond, int secondFlags)
            throws Exception {
        byte[] first = DEVICES.get(0).key().blob();
        Authenticator keys = request -> {
            boolean isFirst = Arrays.equals(((Credentials.PublicKey) request.credentials()).blob(), first);
            return AuthenticationResult.accepted((isFirst ? ofFirst : ofSecond).attachTo(Identity.of(request.user())));
        };
        try (AuthClient client =
                AuthClient.ready(keys, settings -> settings.chain(LoginMethod.PUBLIC_KEY, LoginMethod.PUBLIC_KEY))) {
            AuthClient.Reply reply = client.send(loginWith(client, DEVICES.get(0), firstFlags));
            assertThat(reply.isPartial()).isTrue();
            reply = client.send(loginWith(client, DEVICES.get(1), secondFlags));
            assertThat(reply.number()).isEqualTo(success ? 52 : 51);
        }
    }

    private static SshWriter loginWith(AuthClient client, SoftDevice device, int flags) {
        return login(client, device, device.key().blob(), device.key().type(), flags);
    }

    @Test
    void whatTheSecondKeyAsksForIsAskedOfTheFirstAsWell() throws Exception {
        LoginRestrictions none = LoginRestrictions.none();
        LoginRestrictions verified =
                LoginRestrictions.builder().verificationRequired(true).build();
        int both = SoftDevice.TOUCHED | SoftDevice.VERIFIED;
        assertTwoKeys(true, none, SoftDevice.TOUCHED, none, SoftDevice.TOUCHED);
        assertTwoKeys(false, none, SoftDevice.TOUCHED, verified, both);
        assertTwoKeys(false, verified, both, none, SoftDevice.TOUCHED);
        assertTwoKeys(true, none, both, verified, both);
        assertTwoKeys(true, verified, both, none, both);
    }

    @Test
    void eachKeySaysForItselfWhetherItHasToBeTouched() throws Exception {
        LoginRestrictions untouched =
                LoginRestrictions.builder().touchRequired(false).build();
        LoginRestrictions none = LoginRestrictions.none();
        assertTwoKeys(true, untouched, 0, none, SoftDevice.TOUCHED);
        assertTwoKeys(false, untouched, 0, none, 0);
    }
}
