package io.portolan.examples.benchmarks.peer;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What servers in Java run on.
 *
 * @param home the folder of the JDK
 * @param options what else is said to it
 */
public record Jvm(Path home, List<String> options) {

    public Jvm {
        options = List.copyOf(options);
    }

    /** The same with more options. */
    public Jvm with(List<String> more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(more);
        return new Jvm(home, all);
    }

    /** What starts a program of ours, with the class path of this one. */
    public List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A class path that means the same in whatever folder it is used. */
    static String classPath(String here) {
        return Arrays.stream(here.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
