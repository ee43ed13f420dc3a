package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.PasswordPrompt;
import io.portolan.sftp.client.InteractiveLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Has somebody type what a server wants to know, such as a one-time code (RFC 4256). What the server says is shown as the server's. */
final class TypedAnswers implements InteractiveLogin {

    private final CommandSpec command;

    TypedAnswers(CommandSpec command) {
        this.command = command;
    }

    @Override
    public List<char[]> answer(Challenge challenge) throws IOException {
        PrintWriter err = command.commandLine().getErr();
        for (String text : List.of(challenge.name(), challenge.instruction())) {
            text.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> err.println("the server says: " + TerminalText.harmless(line)));
        }
        List<char[]> answers = new ArrayList<>();
        for (Question question : challenge.questions()) {
            String text = TerminalText.harmless(question.text()).strip();
            String asked = text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
            answers.add(
                    question.echo() ? PasswordPrompt.readVisible(command, asked) : PasswordPrompt.read(command, asked));
        }
        return answers;
    }
}
