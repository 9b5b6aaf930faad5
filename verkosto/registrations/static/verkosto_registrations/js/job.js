// Keeps a job's progress up to date; without it the page is reloaded by hand.
(() => {
  const job = document.querySelector("[data-job]");
  if (!job || "over" in job.dataset) return;
  async function look() {
    try {
      const told = await (await fetch(job.dataset.job, { headers: { Accept: "application/json" } })).json();
      job.querySelector("progress").value = told.done;
      job.querySelector("[data-done]").textContent = told.done;
      job.querySelector("[data-state]").textContent = told.state;
      if (told.over) return location.reload();
    } catch {
      // Looked at again in a moment.
    }
    setTimeout(look, 1500);
  }
  setTimeout(look, 700);
})();
