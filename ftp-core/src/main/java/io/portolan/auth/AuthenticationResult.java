package io.portolan.auth;

import java.util.List;
import java.util.Objects;

/** What an {@link Authenticator} decided. */
public sealed interface AuthenticationResult {

    /**
     * The peer is let in.
     *
     * @param identity as whom
     */
    record Accepted(Identity identity) implements AuthenticationResult {
        /** Checks the components. */
        public Accepted {
            Objects.requireNonNull(identity, "identity");
        }
    }

    /**
     * The peer is kept out.
     *
     * @param reason why, for the log; the peer is never told
     */
    record Rejected(String reason) implements AuthenticationResult {
        /** Checks the components. */
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * What was presented is right, but not enough: the peer is asked for more, and its answers come as {@link Credentials.KeyboardInteractive}.
     *
     * @param prompts what to ask; FTP has room for one, as the account of RFC 959's ACCT
     */
    record Continue(List<Prompt> prompts) implements AuthenticationResult {
        /** Checks the components. */
        public Continue {
            prompts = List.copyOf(prompts);
        }
    }

    /**
     * The password is right, and has to be changed before it lets its user in: SSH asks for another one, which comes as {@link Credentials.NewPassword}. FTP cannot ask, and
     * rejects.
     *
     * @param prompt what the user is told, such as what the new one should be like
     */
    record PasswordExpired(String prompt) implements AuthenticationResult {
        /** Checks the components. */
        public PasswordExpired {
            Objects.requireNonNull(prompt, "prompt");
        }
    }

    /**
     * One question.
     *
     * @param text what the user is shown
     * @param echo whether the answer may be shown while it is typed
     */
    record Prompt(String text, boolean echo) {
        /** Checks the components. */
        public Prompt {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * The peer is let in.
     *
     * @param identity as whom
     * @return the result
     */
    static AuthenticationResult accepted(Identity identity) {
        return new Accepted(identity);
    }

    /**
     * The peer is kept out.
     *
     * @param reason why, for the log
     * @return the result
     */
    static AuthenticationResult rejected(String reason) {
        return new Rejected(reason);
    }
}
