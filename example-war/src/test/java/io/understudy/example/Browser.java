package io.understudy.example;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium, where this machine has one with its driver; otherwise the test that wants it is skipped. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** It warns of every browser that is newer than itself. Kept here, or its level would be forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    /** In the browser's own event. */
    private static final Pattern REQUEST = Pattern.compile("\"request\":\\{.*?\"url\":\"([^\"]*)\"");

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open() {
        Optional<File> browser = BROWSERS.stream()
                .map(Browser::installed)
                .flatMap(Optional::stream)
                .findFirst();
        Optional<File> chromedriver = installed("chromedriver");
        assumeTrue(
                browser.isPresent() && chromedriver.isPresent(),
                "no chromium with chromedriver on the PATH (Debian: apt-get install chromium chromium-driver)");
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow());
        options.setCapability("goog:loggingPrefs", logs);
        // Root has no sandbox, a container's /dev/shm is small, and a new profile calls home unless told not to.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking");
        options.addArguments("--window-size=1280,1000", "--hide-scrollbars", "--no-first-run", "--lang=en-GB");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<File> installed(String command) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> new File(folder, command))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Visits in a new tab, which has a session of its own; the old one is closed. */
    void visitAnew(String url) {
        String old = driver.getWindowHandle();
        String fresh = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        driver.switchTo().window(old).close();
        driver.switchTo().window(fresh).get(url);
    }

    /** Waits until an element shows this text. */
    void await(String selector, String text) {
        wait(selector, "the text " + text).until(ready -> driver.findElements(By.cssSelector(selector)).stream()
                .anyMatch(element -> element.isDisplayed() && element.getText().contains(text)));
    }

    /** What the first of these elements says, once it is shown. */
    String text(String selector) {
        return shown(selector).getText();
    }

    /** How many of these elements are shown. */
    long count(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .count();
    }

    /** Types into the first of these elements, and sends its form. */
    void submit(String selector, String text) {
        WebElement field = shown(selector);
        field.sendKeys(text);
        field.submit();
    }

    String title() {
        return driver.getTitle();
    }

    /** A script's result. */
    Object evaluate(String script) {
        return driver.executeScript(script);
    }

    /** As on a phone, a tablet or a desktop, of this width in CSS pixels. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        wait("html", "its width").until(ready -> evaluate("return innerWidth").equals((long) width));
    }

    /** As somebody sees it who prefers dark pages, or light ones. */
    Browser preferring(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** What the console has got since it was asked last. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** The addresses that pages have asked since this was asked last. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(REQUEST::matcher)
                .flatMap(Matcher::results)
                .map(request -> request.group(1))
                .toList();
    }

    private WebElement shown(String selector) {
        return wait(selector, "its being shown").until(ready -> driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    private WebDriverWait wait(String selector, String what) {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
        wait.ignoring(StaleElementReferenceException.class);
        wait.withMessage(() -> selector + ": waited in vain for " + what + "; the page says: "
                + driver.findElement(By.tagName("body")).getText());
        return wait;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
