package io.portolan.core.internal.nio;

import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What {@link java.nio.file.FileSystem#getPathMatcher} speaks of: {@code glob:} and {@code regex:}. */
final class PathPatterns {

    private static final String META = "\\^$.|?*+()[]{}&~#@-";

    private final String glob;
    private final StringBuilder regex = new StringBuilder("^");
    private int at;

    private PathPatterns(String glob) {
        this.glob = glob;
    }

    static PathMatcher of(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("syntaxAndPattern: is not SYNTAX:PATTERN");
        }
        String text = syntaxAndPattern.substring(colon + 1);
        Pattern pattern = switch (syntaxAndPattern.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "glob" -> Pattern.compile(new PathPatterns(text).regex(), Pattern.DOTALL);
            case "regex" -> Pattern.compile(text);
            default -> throw new UnsupportedOperationException("syntaxAndPattern: only glob and regex");
        };
        return path -> pattern.matcher(path.toString()).matches();
    }

    private String regex() {
        boolean inGroup = false;
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> star();
                case '?' -> regex.append("[^/]");
                case '[' -> bracket();
                case '\\' -> {
                    if (at == glob.length()) {
                        throw new PatternSyntaxException("nothing stands behind the backslash", glob, at - 1);
                    }
                    literal(glob.charAt(at++));
                }
                case '{' -> {
                    if (inGroup) {
                        throw new PatternSyntaxException("a group in a group", glob, at - 1);
                    }
                    inGroup = true;
                    regex.append("(?:(?:");
                }
                case '}' -> {
                    if (inGroup) {
                        inGroup = false;
                        regex.append("))");
                    } else {
                        literal(c);
                    }
                }
                case ',' -> {
                    if (inGroup) {
                        regex.append(")|(?:");
                    } else {
                        literal(c);
                    }
                }
                default -> literal(c);
            }
        }
        if (inGroup) {
            throw new PatternSyntaxException("a group has no end", glob, at - 1);
        }
        return regex.append('$').toString();
    }

    private void star() {
        if (at < glob.length() && glob.charAt(at) == '*') {
            at++;
            regex.append(".*");
        } else {
            regex.append("[^/]*");
        }
    }

    private void literal(char c) {
        if (META.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }

    /** One character of some, but never a slash. */
    private void bracket() {
        int begin = at - 1;
        regex.append("[[^/]&&[");
        if (at < glob.length() && glob.charAt(at) == '!') {
            regex.append('^');
            at++;
        }
        boolean any = false;
        while (at < glob.length() && (glob.charAt(at) != ']' || !any)) {
            char from = glob.charAt(at++);
            if (from == '/') {
                throw new PatternSyntaxException("a slash in a class of characters", glob, at - 1);
            }
            literal(from);
            any = true;
            if (at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']') {
                char to = glob.charAt(at + 1);
                if (to < from) {
                    throw new PatternSyntaxException("a range that ends before it begins", glob, at);
                }
                regex.append('-');
                literal(to);
                at += 2;
            }
        }
        if (at == glob.length()) {
            throw new PatternSyntaxException("a class of characters has no end", glob, begin);
        }
        at++;
        regex.append("]]");
    }
}
