// Keeps a job's progress up to date. Without scripts the page has to be reloaded.
(() => {
  const job = document.querySelector("[data-job]");
  if (!job || "over" in job.dataset) return;
  async function update() {
    try {
      const status = await (await fetch(job.dataset.job, { headers: { Accept: "application/json" } })).json();
      job.querySelector("progress").value = status.done;
      job.querySelector("[data-done]").textContent = status.done;
      job.querySelector("[data-state]").textContent = status.state;
      if (status.over) return location.reload();
    } catch {
      // No network: tried again below.
    }
    setTimeout(update, 1500);
  }
  setTimeout(update, 700);
})();
