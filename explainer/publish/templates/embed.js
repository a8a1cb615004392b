(() => {
  "use strict";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const video = document.querySelector("video");
  const details = document.querySelector("details");
  const format = video.canPlayType('video/webm; codecs="vp9"') ? ".webm" : ".mp4";
  let near = false;
  let worn = "";

  // Go to a time as soon as the video knows how long it is, and on from there if it shall play.
  const show = (seconds, play) => {
    const go = () => {
      video.currentTime = seconds;
      if (play) video.play().catch(() => {});
    };
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) return go();
    video.addEventListener("loadedmetadata", go, { once: true });
    video.preload = "metadata";
    video.load();
  };

  // Take the variant for the reader's page; what was on screen stays, and keeps playing if it played.
  const wear = () => {
    const stem = dark.matches ? video.dataset.dark : video.dataset.light;
    if (!near || worn === stem) return;
    worn = stem;
    const begun = video.currentTime > 0 || !video.paused;
    const seconds = video.currentTime;
    const play = !video.paused && !video.ended;
    video.poster = stem + ".png";
    // Not load(): browsers take that for a wish to see it at once.
    video.src = stem + format;
    if (begun) show(seconds, play);
  };

  // A reader who wants no motion gets the steps one by one, each as the picture it ends on.
  const calmDown = () => {
    details.open = calm.matches;
  };
  document.querySelectorAll("button").forEach((button) => {
    button.addEventListener("click", () => {
      if (calm.matches) {
        video.pause();
        show(Math.max(0, button.dataset.end - 0.1), false);
      } else {
        show(Number(button.dataset.start), true);
      }
    });
  });

  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    near = true;
    wear();
  }, { rootMargin: "300px" }).observe(video);
  dark.addEventListener("change", wear);
  calm.addEventListener("change", calmDown);
  calmDown();
})();
